// A program of the command line with golang.org/x/oauth2: loopback redirect (RFC 8252) and PKCE, without a secret.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	ctx := context.Background()
	// docs:start
	provider, err := oidc.NewProvider(ctx, os.Getenv("ISSUER"))
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") // whichever port is free
	if err != nil {
		log.Fatal(err)
	}
	config := oauth2.Config{
		ClientID:    os.Getenv("CLIENT_ID"),
		RedirectURL: fmt.Sprintf("http://%s/callback", listener.Addr()),
		Endpoint:    provider.Endpoint(),
		Scopes:      []string{oidc.ScopeOpenID, "profile", "email", oidc.ScopeOfflineAccess},
	}
	verifier := oauth2.GenerateVerifier()
	fmt.Println("Open", config.AuthCodeURL("a state", oauth2.S256ChallengeOption(verifier)))

	codes := make(chan string)
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "You may close this window.")
		codes <- r.URL.Query().Get("code")
	}))
	token, err := config.Exchange(ctx, <-codes, oauth2.VerifierOption(verifier))
	// docs:end
	if err != nil {
		log.Fatal(err)
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(ctx, raw)
	if err != nil {
		log.Fatal(err)
	}
	var claims map[string]any
	if err := idToken.Claims(&claims); err != nil {
		log.Fatal(err)
	}
	fresh, err := config.TokenSource(ctx, &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
	if err != nil {
		log.Fatal(err)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{"id_token": claims, "refreshed": fresh.AccessToken != ""})
}
