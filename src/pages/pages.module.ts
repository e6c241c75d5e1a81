import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { AuthorizationModule } from '../authorization/authorization.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentModule } from '../consent/consent.module.js';
import { DevelopersModule } from '../developers/developers.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { RecoveryModule } from '../recovery/recovery.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PasskeysModule } from '../passkeys/passkeys.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AcceptTermsController } from './terms/accept-terms.controller.js';
import { AcceptTermsFlow } from './terms/accept-terms.flow.js';
import { InvitationController } from './invitation/invitation.controller.js';
import { InvitationFlow } from './invitation/invitation.flow.js';
import { SetPasswordController } from './invitation/set-password.controller.js';
import { SetPasswordFlow } from './invitation/set-password.flow.js';
import { MessageResponder } from './sign-up/message.responder.js';
import { RequestTail } from './sign-up/request-tail.js';
import { SignedUpResponder } from './sign-up/signed-up.responder.js';
import { SignUpCodeController } from './sign-up/sign-up-code.controller.js';
import { SignUpCodeFlow } from './sign-up/sign-up-code.flow.js';
import { SignUpLinkController } from './sign-up/sign-up-link.controller.js';
import { SignUpLinkFlow } from './sign-up/sign-up-link.flow.js';
import { SignUpController } from './sign-up/sign-up.controller.js';
import { SignUpFlow } from './sign-up/sign-up.flow.js';
import { VerifyAddressLinkController } from './verify-address/verify-address-link.controller.js';
import { VerifyAddressLinkFlow } from './verify-address/verify-address-link.flow.js';
import { VerifyAddressController } from './verify-address/verify-address.controller.js';
import { VerifyAddressFlow } from './verify-address/verify-address.flow.js';
import { AccountAccess } from './account-access.js';
import { AccountController } from './account/account.controller.js';
import { AccountFlow } from './account/account.flow.js';
import { accountSections } from './account/account-sections.js';
import { AccountModule } from '../account/account.module.js';
import { ActivityController } from './account/activity.controller.js';
import { ActivityFlow } from './account/activity.flow.js';
import { DataController } from './account/data.controller.js';
import { DataFlow } from './account/data.flow.js';
import { EmailController } from './account/email.controller.js';
import { EmailFlow } from './account/email.flow.js';
import { ProfileController } from './account/profile.controller.js';
import { ProfileFlow } from './account/profile.flow.js';
import { ApplicationsController } from './account/applications.controller.js';
import { ApplicationsFlow } from './account/applications.flow.js';
import { SessionsController } from './account/sessions.controller.js';
import { SessionsFlow } from './account/sessions.flow.js';
import { AccountFrames } from './frame/account-frames.js';
import { ACCOUNT_SECTIONS, type AccountSection } from './frame/account-section.js';
import { ClientBelongingsController } from './developers/client-belongings.controller.js';
import { ClientFormFlow } from './developers/client-form.flow.js';
import { ClientHelpFlow } from './developers/client-help.flow.js';
import { ClientOwnersFlow } from './developers/client-owners.flow.js';
import { ClientSecretsFlow } from './developers/client-secrets.flow.js';
import { DeveloperController } from './developers/developer.controller.js';
import { DeveloperPages } from './developers/developer-pages.js';
import { OwnClientController } from './developers/own-client.controller.js';
import { OwnClientFlow } from './developers/own-client.flow.js';
import { OwnClientsFlow } from './developers/own-clients.flow.js';
import { AssetsController } from './assets.controller.js';
import { ConsentController } from './consent/consent.controller.js';
import { ConsentFlow } from './consent/consent.flow.js';
import { DevMailController } from './dev-mail/dev-mail.controller.js';
import { ErrorPageResponder } from './errors/error-page.responder.js';
import { CompleteProfileController } from './complete-profile/complete-profile.controller.js';
import { CompleteProfileFlow } from './complete-profile/complete-profile.flow.js';
import { KeepAccountController } from './keep-account/keep-account.controller.js';
import { KeepAccountFlow } from './keep-account/keep-account.flow.js';
import { LanguageController } from './language.controller.js';
import { OutcomeResponder } from './outcome-responder.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { FormAddressesController } from './form-addresses.controller.js';
import { WaysOnFinder } from './errors/ways-on.js';
import { PageResponder } from './page-responder.js';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller.js';
import { PasskeySignInFlow } from './passkeys/passkey-sign-in.flow.js';
import { PasskeyStepController } from './passkeys/passkey-step.controller.js';
import { PasskeyStepFlow } from './passkeys/passkey-step.flow.js';
import { PasskeysController } from './passkeys/passkeys.controller.js';
import { PasskeysFlow } from './passkeys/passkeys.flow.js';
import { PreviewController } from './preview/preview.controller.js';
import { PreviewFlow } from './preview/preview.flow.js';
import { PasswordController } from './password/password.controller.js';
import { PasswordFlow } from './password/password.flow.js';
import { AccountFactorsController } from './second-factor/account-factors.controller.js';
import { AccountFactorsFlow } from './second-factor/account-factors.flow.js';
import { ChallengeFlow } from './second-factor/challenge.flow.js';
import { CodePages } from './second-factor/code-pages.js';
import { CodeEnrolmentFlow } from './second-factor/code-enrolment.flow.js';
import { EnrolmentFlow } from './second-factor/enrolment.flow.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { StepPages } from './second-factor/step-pages.js';
import { ForgottenPasswordController } from './recovery/forgotten-password.controller.js';
import { ForgottenPasswordFlow } from './recovery/forgotten-password.flow.js';
import { ForgottenUsernameController } from './recovery/forgotten-username.controller.js';
import { ForgottenUsernameFlow } from './recovery/forgotten-username.flow.js';
import { NewPasswordController } from './recovery/new-password.controller.js';
import { NewPasswordFlow } from './recovery/new-password.flow.js';
import { RecoveryFrame } from './recovery/recovery-frame.js';
import { SignInPageResponder } from './sign-in-page.responder.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInFlow } from './sign-in/sign-in.flow.js';
import { SignOutFlow } from './sign-out/sign-out.flow.js';
import { WelcomeController } from './welcome.controller.js';

/** Server-rendered sign-in, consent, sign-out, account and error pages under the tenant's branding. */
@Module({
  imports: [
    TenantsModule,
    MailModule,
    ClientsModule,
    ResourcesModule,
    TokensModule,
    AuthenticationModule,
    PasskeysModule,
    NoticesModule,
    SessionsModule,
    ConsentModule,
    RecoveryModule,
    AccountModule,
    AuthorizationModule,
    RegistrationModule,
    DevelopersModule,
  ],
  controllers: [
    // Before the routes of any other factor.
    PasskeyStepController,
    FormAddressesController,
    SignInController,
    ConsentController,
    AccountController,
    ApplicationsController,
    ProfileController,
    EmailController,
    ActivityController,
    DataController,
    SessionsController,
    // Before the pages of one client: `new` is no client.
    DeveloperController,
    OwnClientController,
    ClientBelongingsController,
    PasskeySignInController,
    PasskeysController,
    PasswordController,
    SecondFactorController,
    AccountFactorsController,
    LanguageController,
    ForgottenPasswordController,
    NewPasswordController,
    ForgottenUsernameController,
    AssetsController,
    PreviewController,
    WelcomeController,
    SignUpController,
    SignUpCodeController,
    SignUpLinkController,
    InvitationController,
    SetPasswordController,
    VerifyAddressController,
    VerifyAddressLinkController,
    AcceptTermsController,
    KeepAccountController,
    CompleteProfileController,
    DevMailController,
  ],
  providers: [
    PageResponder,
    ErrorPageResponder,
    WaysOnFinder,
    PageErrorFilter,
    SignInPageResponder,
    OutcomeResponder,
    SignInFlow,
    ConsentFlow,
    ...accountSections,
    {
      provide: ACCOUNT_SECTIONS,
      useFactory: (...sections: AccountSection[]) => sections,
      inject: [...accountSections],
    },
    AccountFrames,
    AccountAccess,
    AccountFlow,
    ApplicationsFlow,
    ProfileFlow,
    EmailFlow,
    ActivityFlow,
    DataFlow,
    SessionsFlow,
    DeveloperPages,
    OwnClientsFlow,
    OwnClientFlow,
    ClientFormFlow,
    ClientSecretsFlow,
    ClientOwnersFlow,
    ClientHelpFlow,
    PasskeySignInFlow,
    PasskeysFlow,
    PasskeyStepFlow,
    PasswordFlow,
    StepPages,
    ChallengeFlow,
    CodePages,
    CodeEnrolmentFlow,
    EnrolmentFlow,
    AccountFactorsFlow,
    RecoveryFrame,
    ForgottenPasswordFlow,
    NewPasswordFlow,
    ForgottenUsernameFlow,
    SignOutFlow,
    MessageResponder,
    RequestTail,
    SignedUpResponder,
    SignUpFlow,
    SignUpCodeFlow,
    SignUpLinkFlow,
    InvitationFlow,
    SetPasswordFlow,
    VerifyAddressFlow,
    VerifyAddressLinkFlow,
    AcceptTermsFlow,
    KeepAccountFlow,
    CompleteProfileFlow,
    PreviewFlow,
  ],
  exports: [
    PageResponder,
    ErrorPageResponder,
    WaysOnFinder,
    PageErrorFilter,
    AccountAccess,
    OutcomeResponder,
    SignOutFlow,
    AuthorizationModule,
    ClientsModule,
    SessionsModule,
    TenantsModule,
  ],
})
export class PagesModule {}
