// A web application with github.com/zitadel/oidc.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"log"
	"net/http"
	"os"

	httphelper "github.com/zitadel/oidc/v3/pkg/http"

	"github.com/zitadel/oidc/v3/pkg/client/rp"
	"github.com/zitadel/oidc/v3/pkg/oidc"
)

func main() {
	ctx := context.Background()
	// docs:start
	key := []byte(rand.Text())[:16]
	cookies := httphelper.NewCookieHandler(key, key, httphelper.WithUnsecure())
	provider, err := rp.NewRelyingPartyOIDC(ctx,
		os.Getenv("ISSUER"), os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET"), os.Getenv("REDIRECT_URI"),
		[]string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail, oidc.ScopeOfflineAccess},
		rp.WithCookieHandler(cookies), rp.WithPKCE(cookies))
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/login", rp.AuthURLHandler(rand.Text, provider))
	// docs:end
	shown := func(w http.ResponseWriter, r *http.Request, tokens *oidc.Tokens[*oidc.IDTokenClaims], state string, provider rp.RelyingParty, info *oidc.UserInfo) {
		fresh, err := rp.RefreshTokens[*oidc.IDTokenClaims](r.Context(), provider, tokens.RefreshToken, "", "")
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		json.NewEncoder(w).Encode(map[string]any{
			"id_token": tokens.IDTokenClaims, "userinfo": info, "refreshed": fresh.AccessToken != "",
		})
	}
	http.Handle("/callback", rp.CodeExchangeHandler(rp.UserinfoCallback[*oidc.IDTokenClaims, *oidc.UserInfo](shown), provider))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
