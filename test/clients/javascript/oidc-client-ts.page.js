/* global oidc, document, window, location */
const { ISSUER, CLIENT_ID, REDIRECT_URI } = window.settings;
const { UserManager } = oidc;
// docs:start
const manager = new UserManager({
  authority: ISSUER,
  client_id: CLIENT_ID,
  redirect_uri: REDIRECT_URI,
  scope: 'openid profile email offline_access',
});

document.querySelector('#sign-in').onclick = () => manager.signinRedirect();
if (location.search.includes('code=')) show(await manager.signinCallback());
// docs:end
async function show(user) {
  const fresh = await manager.signinSilent();
  const told = { id_token: user.profile, refreshed: fresh.access_token !== user.access_token };
  document.querySelector('#result').textContent = JSON.stringify(told);
}
