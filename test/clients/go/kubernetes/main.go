// The OpenID Connect authenticator of the Kubernetes API server (--oidc-issuer-url and its companions).
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"k8s.io/apiserver/pkg/apis/apiserver"
	"k8s.io/apiserver/pkg/server/dynamiccertificates"
	"k8s.io/apiserver/plugin/pkg/authenticator/token/oidc"

	"k8s.io/apiserver/pkg/authentication/request/bearertoken"
)

func main() {
	ctx := context.Background()
	trusted, err := dynamiccertificates.NewDynamicCAContentFromFile("issuer", os.Getenv("CA_FILE"))
	if err != nil {
		log.Fatal(err)
	}
	prefix := ""
	// What kube-apiserver makes of --oidc-issuer-url, --oidc-client-id, --oidc-username-claim=email and --oidc-ca-file.
	authenticator, err := oidc.New(ctx, oidc.Options{
		JWTAuthenticator: apiserver.JWTAuthenticator{
			Issuer: apiserver.Issuer{URL: os.Getenv("ISSUER"), Audiences: []string{os.Getenv("CLIENT_ID")}},
			ClaimMappings: apiserver.ClaimMappings{
				Username: apiserver.PrefixedClaimOrExpression{Claim: "email", Prefix: &prefix},
			},
		},
		CAContentProvider:    trusted,
		SupportedSigningAlgs: []string{"RS256"}, // the default of --oidc-signing-algs
	})
	if err != nil {
		log.Fatal(err)
	}
	protected := bearertoken.New(authenticator)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		response, ok, err := protected.AuthenticateRequest(r)
		if err != nil || !ok {
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			log.Print(err)
			return
		}
		json.NewEncoder(w).Encode(map[string]string{"username": response.User.GetName()})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
