import { inDoubleQuotes as go } from './literals.js';
import type { ClientKind, Snippet, SnippetFile, SnippetValues } from './snippet.js';

/** golang.org/x/oauth2, with coreos/go-oidc for people. */
export const goSnippet: Snippet = {
  library: 'go-oidc',
  title: 'x/oauth2, go-oidc',
  language: 'Go',
  install: 'go get golang.org/x/oauth2 github.com/coreos/go-oidc/v3',
  kinds: ['web', 'native', 'machine'],
  secrets: ['basic', 'post', 'none'],
  needsOpenId: true,
  suits: ({ redirectUri }) => redirectUri === '' || /^https?:/.test(redirectUri),
  write: (values, kind) => ({ name: 'main.go', text: PROGRAMS[kind]?.(values) ?? '' }),
};

const PROGRAMS: Readonly<Partial<Record<ClientKind, (values: SnippetValues) => SnippetFile['text']>>> = {
  web: forWeb,
  native: forNative,
  machine: forMachine,
};

const CHECK = `	if err != nil {
		log.Fatal(err)
	}`;

function secretLine({ secret }: SnippetValues): string {
  return secret === 'none' ? '' : `\t\tClientSecret: os.Getenv("CLIENT_SECRET"),\n`;
}

function forWeb(values: SnippetValues): string {
  const { issuer, clientId, redirectUri, scopes } = values;
  return `package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"os"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, ${go(issuer)})
${CHECK}
	config := oauth2.Config{
		ClientID:     ${go(clientId)},
${secretLine(values)}		RedirectURL:  ${go(redirectUri)},
		Endpoint:     provider.Endpoint(),
		Scopes:       []string{${scopes.map(go).join(', ')}},
	}
	idTokens := provider.Verifier(&oidc.Config{ClientID: config.ClientID})

	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		verifier, state := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
		setCookie(w, "verifier", verifier)
		setCookie(w, "state", state)
		http.Redirect(w, r, config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)), http.StatusFound)
	})
	http.HandleFunc(${go(new URL(redirectUri).pathname)}, func(w http.ResponseWriter, r *http.Request) {
		if state := cookie(r, "state"); state == "" || state != r.URL.Query().Get("state") {
			http.Error(w, "Sign-in failed.", http.StatusBadRequest)
			return
		}
		token, err := config.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(cookie(r, "verifier")))
		if err != nil {
			http.Error(w, "Sign-in failed.", http.StatusBadRequest)
			return
		}
		raw, _ := token.Extra("id_token").(string)
		idToken, err := idTokens.Verify(ctx, raw)
		if err != nil {
			http.Error(w, "Sign-in failed.", http.StatusBadRequest)
			return
		}
		var claims map[string]any
		if err := idToken.Claims(&claims); err != nil {
			log.Print(err)
		}
		json.NewEncoder(w).Encode(claims)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, nil))
}

func setCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func cookie(r *http.Request, name string) string {
	found, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return found.Value
}
`;
}

/** Of a program on the person's device: it listens on whichever port is free (RFC 8252 §7.3). */
function forNative({ issuer, clientId, redirectUri, scopes }: SnippetValues): string {
  const { hostname, pathname } = new URL(redirectUri);
  return `package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

func main() {
	ctx := context.Background()
	provider, err := oidc.NewProvider(ctx, ${go(issuer)})
${CHECK}
	listener, err := net.Listen("tcp", ${go(`${hostname}:0`)}) // whichever port is free
${CHECK}
	config := oauth2.Config{
		ClientID:    ${go(clientId)},
		RedirectURL: fmt.Sprintf("http://${hostname}:%d%s", listener.Addr().(*net.TCPAddr).Port, ${go(pathname)}),
		Endpoint:    provider.Endpoint(),
		Scopes:      []string{${scopes.map(go).join(', ')}},
	}
	verifier, state := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	fmt.Println("Open", config.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier)))

	codes := make(chan string)
	go http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("state") == state {
			fmt.Fprintln(w, "You may close this window.")
			codes <- r.URL.Query().Get("code")
		}
	}))
	token, err := config.Exchange(ctx, <-codes, oauth2.VerifierOption(verifier))
${CHECK}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := provider.Verifier(&oidc.Config{ClientID: config.ClientID}).Verify(ctx, raw)
${CHECK}
	fmt.Println("Signed in:", idToken.Subject)
}
`;
}

function forMachine(values: SnippetValues): string {
  const { issuer, clientId, scopes, resource } = values;
  const imports = [
    ...['context', 'fmt', 'log'],
    ...(resource === undefined ? [] : ['net/url']),
    ...(values.secret === 'none' ? [] : ['os']),
  ];
  const more = resource === undefined ? '' : `\t\tEndpointParams: url.Values{"resource": {${go(resource)}}},\n`;
  return `package main

import (
${imports.map((name) => `\t"${name}"\n`).join('')}
	"golang.org/x/oauth2/clientcredentials"
)

func main() {
	config := clientcredentials.Config{
		ClientID:     ${go(clientId)},
${secretLine(values)}		TokenURL:     ${go(`${issuer}/token`)},
		Scopes:       []string{${scopes.map(go).join(', ')}},
${more}	}
	token, err := config.Token(context.Background())
${CHECK}
	fmt.Println(token.AccessToken)
}
`;
}
