# A web application with OmniAuth and omniauth_openid_connect.
require 'json'
require 'omniauth_openid_connect'
require 'rack'
require 'rack/handler/webrick'

SWD.url_builder = URI::HTTP # plain HTTP, on this machine only

application = Rack::Builder.new do
  use Rack::Session::Cookie, secret: 'a long secret for the tests of other people\'s clients, of 64 characters'
  # docs:start
  use OmniAuth::Builder do
    provider :openid_connect,
             name: :tenantry,
             issuer: ENV['ISSUER'],
             discovery: true,
             scope: %i[openid profile email],
             client_options: {
               identifier: ENV['CLIENT_ID'],
               secret: ENV['CLIENT_SECRET'],
               redirect_uri: ENV['REDIRECT_URI']
             }
  end
  # docs:end
  run(lambda do |env|
    case env['PATH_INFO']
    when '/auth/tenantry/callback'
      auth = env['omniauth.auth']
      [200, {}, [{ profile: { sub: auth.uid, name: auth.info.name, email: auth.info.email } }.to_json]]
    when '/auth/failure'
      [500, {}, [env['QUERY_STRING']]]
    else
      token = Rack::Protection::AuthenticityToken.token(env['rack.session'])
      [200, { 'Content-Type' => 'text/html' }, [<<~PAGE]]
        <form method="post" action="/auth/tenantry">
        <input type="hidden" name="authenticity_token" value="#{token}"><button>Sign in</button></form>
      PAGE
    end
  end)
end

Rack::Handler::WEBrick.run(application.to_app, Host: '127.0.0.1', Port: ENV['PORT'].to_i)
