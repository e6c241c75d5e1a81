// A resource server with github.com/lestrrat-go/jwx.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/lestrrat-go/httprc/v3"
	"github.com/lestrrat-go/jwx/v3/jwk"
	"github.com/lestrrat-go/jwx/v3/jwt"
)

func main() {
	ctx := context.Background()
	// docs:start
	issuer, audience := os.Getenv("ISSUER"), os.Getenv("AUDIENCE")
	cache, err := jwk.NewCache(ctx, httprc.NewClient())
	if err != nil {
		log.Fatal(err)
	}
	if err := cache.Register(ctx, issuer+"/jwks"); err != nil {
		log.Fatal(err)
	}
	keys, err := cache.CachedSet(issuer + "/jwks")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) {
		token, err := jwt.ParseRequest(r, jwt.WithKeySet(keys), jwt.WithIssuer(issuer), jwt.WithAudience(audience))
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		subject, _ := token.Subject()
		w.Write([]byte(subject))
	})
	// docs:end
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
