/** The ends and a sign of every Unicode plane, with what is not a character, separates lines or turns direction. */
export function allPlanes(): string {
  const ofPlane = (plane: number) =>
    [0xa0, 0x85, 0x2028, 0x202e, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff].map((low) => plane * 0x10000 + low);
  return String.fromCodePoint(...Array.from({ length: 17 }, (_, plane) => ofPlane(plane)).flat());
}
