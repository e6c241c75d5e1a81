import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { AuthorizationModule } from '../authorization/authorization.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { PreviewedAnswers } from './previewed-answers.js';
import { SupposedSignIn } from './supposed-sign-in.js';
import { TokenPreviews } from './token-previews.js';

/** What tokens would hold, before anybody asks for them. */
@Module({
  imports: [AuthenticationModule, AuthorizationModule, ConsentModule, ResourcesModule, TokensModule],
  providers: [SupposedSignIn, PreviewedAnswers, TokenPreviews],
  exports: [TokenPreviews],
})
export class TokenPreviewsModule {}
