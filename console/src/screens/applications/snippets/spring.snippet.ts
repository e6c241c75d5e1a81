import { inDoubleQuotes as yaml } from './literals.js';
import type { Snippet } from './snippet.js';

const CALLBACK = /^(.*)\/login\/oauth2\/code\/([A-Za-z0-9_-]+)$/;

/** Spring Boot's OAuth2 client. Its redirect URI ends with the name of the registration. */
export const springSnippet: Snippet = {
  title: 'Spring Security',
  language: 'Java',
  install: 'implementation("org.springframework.boot:spring-boot-starter-oauth2-client")',
  kinds: ['web'],
  secrets: ['basic'],
  needsOpenId: true,
  suits: ({ redirectUri }) => CALLBACK.test(redirectUri),
  fileName: () => 'application.yml',
  write: ({ issuer, clientId, redirectUri, scopes }) => {
    const [, , name = 'tenantry'] = CALLBACK.exec(redirectUri) ?? [];
    return `spring:
  security:
    oauth2:
      client:
        registration:
          ${name}:
            client-id: ${yaml(clientId)}
            client-secret: \${CLIENT_SECRET}
            redirect-uri: ${yaml(redirectUri)}
            scope: [${scopes.map(yaml).join(', ')}]
        provider:
          ${name}:
            issuer-uri: ${yaml(issuer)}
`;
  },
};
