import { IsBoolean, IsString, MaxLength, MinLength } from 'class-validator';
import { ClientBasicsDto } from '../../management/clients/client-basics.dto.js';
import { IsSingleLine, MayBeAbsent } from '../../management/kit/validators.js';
import { Describe } from '../../management/schema/describe.decorator.js';

export class OwnClientDto extends ClientBasicsDto {}

export class InviteOwnerDto {
  @Describe('The user name or the verified e-mail address of a person of this tenant.')
  @IsString()
  @IsSingleLine()
  @MinLength(1)
  @MaxLength(254)
  user: string;

  @Describe('Whoever asks owns the client no longer when the person accepts. Default: false.')
  @MayBeAbsent()
  @IsBoolean()
  transfer?: boolean;
}
