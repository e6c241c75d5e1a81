"""A web application with Django and mozilla-django-oidc."""
import os
import sys
import tempfile

import django
from django.conf import settings

ISSUER = os.environ["ISSUER"]
# docs:start
OIDC = {
    "OIDC_RP_CLIENT_ID": os.environ["CLIENT_ID"],
    "OIDC_RP_CLIENT_SECRET": os.environ["CLIENT_SECRET"],
    "OIDC_OP_AUTHORIZATION_ENDPOINT": ISSUER + "/authorize",
    "OIDC_OP_TOKEN_ENDPOINT": ISSUER + "/token",
    "OIDC_OP_USER_ENDPOINT": ISSUER + "/userinfo",
    "OIDC_OP_JWKS_ENDPOINT": ISSUER + "/jwks",
    "OIDC_RP_SIGN_ALGO": "RS256",
}
# docs:end
settings.configure(
    SECRET_KEY="a secret",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    AUTHENTICATION_BACKENDS=["mozilla_django_oidc.auth.OIDCAuthenticationBackend"],
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.path.join(tempfile.mkdtemp(), "db.sqlite")}
    },
    LOGIN_REDIRECT_URL="/",
    LOGIN_REDIRECT_URL_FAILURE="/failed",
    LOGGING={"version": 1, "handlers": {"console": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["console"]}},
    **OIDC,
)
django.setup()

from django.core.management import call_command, execute_from_command_line  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import include, path  # noqa: E402


def home(request):
    return JsonResponse({"signed_in": request.user.is_authenticated, "email": getattr(request.user, "email", None)})


urlpatterns = [
    path("oidc/", include("mozilla_django_oidc.urls")),
    path("failed", lambda request: HttpResponse("sign-in failed", status=403)),
    path("", home),
]

call_command("migrate", verbosity=0)
execute_from_command_line([sys.argv[0], "runserver", "--noreload", "127.0.0.1:" + os.environ["PORT"]])
