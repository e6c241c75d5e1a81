import type { AuthorizationStep } from '../authorization-step.js';

/** RFC 6749 §3.1: "Request and response parameters MUST NOT be included more than once." */
export const refuseRepeated: AuthorizationStep = ({ params }) => {
  params.refuseRepeated();
  return {};
};
