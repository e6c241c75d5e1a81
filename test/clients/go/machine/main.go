// A machine with golang.org/x/oauth2/clientcredentials.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"golang.org/x/oauth2/clientcredentials"
)

func main() {
	// docs:start
	config := clientcredentials.Config{
		ClientID:     os.Getenv("CLIENT_ID"),
		ClientSecret: os.Getenv("CLIENT_SECRET"),
		TokenURL:     os.Getenv("ISSUER") + "/token",
		Scopes:       []string{"orders:read"},
	}
	token, err := config.Token(context.Background())
	// docs:end
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(token.AccessToken)
}
