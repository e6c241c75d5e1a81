import { renderToString } from 'preact-render-to-string';
import type { MailColors } from './mail-colors.js';

/** A mail as it is read: texts in their order. */
export interface MailBody {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** Name of the tenant. */
  readonly sender: string;
  readonly subject: string;
  /** Stands in the place of the tenant's name when it has it in its picture, else before it. */
  readonly logo?: { readonly src: string; readonly width: number; readonly height: number; readonly hasName: boolean };
  readonly paragraphs: readonly string[];
  readonly code?: { readonly label: string; readonly value: string; readonly hint: string } | undefined;
  readonly button?: { readonly label: string; readonly href: string; readonly byHand: string } | undefined;
  readonly closing: readonly string[];
  readonly footer: readonly string[];
  /** Addresses of the tenant: privacy, help. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
  readonly colors: MailColors;
}

/** Each link is on a line of its own, so that it can be copied. */
export function mailAsText(body: MailBody): string {
  const { code, button } = body;
  return [
    body.subject,
    ...body.paragraphs,
    ...(code ? [`${code.label}: ${code.value}`, code.hint] : []),
    ...(button ? [`${button.label}:`, button.href] : []),
    ...body.closing,
    `-- \n${body.footer.join('\n')}`,
    ...body.links.map(({ label, href }) => `${label}:\n${href}`),
  ].join('\n\n');
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Nothing is loaded from anywhere: no font, no style sheet, and the logo is a part of the mail (RFC 2387, RFC 2392). */
export function mailAsHtml(body: MailBody): string {
  return `<!doctype html>${renderToString(<MailView body={body} />)}`;
}

function MailView({ body }: { readonly body: MailBody }) {
  const { locale, direction, code, button, colors } = body;
  const paragraph = (text: string) => <p style="margin:0 0 16px">{text}</p>;
  return (
    <html lang={locale} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{body.subject}</title>
        <style>{darkStyle(colors)}</style>
      </head>
      <body class="page" style={`margin:0;padding:24px 12px;background:#f3f4f6;color:#17181a;font:16px/1.5 ${FONT}`}>
        <div
          role="main"
          class="card"
          style="max-width:560px;margin:0 auto;padding:32px 28px;background:#ffffff;border-radius:12px;overflow-wrap:anywhere"
        >
          {body.logo && <Logo logo={body.logo} sender={body.sender} />}
          {!body.logo?.hasName && (
            <p class="soft" style="margin:0 0 20px;font-weight:600;color:#4b4f56">
              {body.sender}
            </p>
          )}
          <h1 style="margin:0 0 20px;font-size:22px;line-height:1.3">{body.subject}</h1>
          {body.paragraphs.map(paragraph)}
          {code && <CodeBlock code={code} />}
          {button && <LinkBlock button={button} colors={colors} />}
          {body.closing.map(paragraph)}
        </div>
        <div
          role="contentinfo"
          class="soft"
          style="max-width:560px;margin:16px auto 0;padding:0 28px;font-size:13px;color:#4b4f56"
        >
          {body.footer.map((text) => (
            <p style="margin:0 0 8px">{text}</p>
          ))}
          {body.links.map(({ label, href }) => (
            <p style="margin:0 0 8px">
              <a class="link" href={href} style={`color:${colors.link}`}>
                {label}
              </a>
            </p>
          ))}
        </div>
      </body>
    </html>
  );
}

/** Sizes as attributes, because Outlook knows no others. Where images are off, the alternative text is the letterhead. */
function Logo({ logo, sender }: { readonly logo: NonNullable<MailBody['logo']>; readonly sender: string }) {
  return (
    <p style={`margin:0 0 ${logo.hasName ? 20 : 8}px`}>
      <img
        src={logo.src}
        alt={logo.hasName ? sender : ''}
        width={logo.width}
        height={logo.height}
        style="display:block;max-width:100%;height:auto;border:0;border-radius:4px;font-weight:600"
      />
    </p>
  );
}

function CodeBlock({ code }: { readonly code: NonNullable<MailBody['code']> }) {
  return (
    <>
      <p style="margin:0 0 4px">{code.label}</p>
      <p style="margin:0 0 8px;font:700 30px/1.3 ui-monospace, Menlo, Consolas, monospace;letter-spacing:4px">
        <bdi dir="ltr">{code.value}</bdi>
      </p>
      <p class="soft" style="margin:0 0 20px;font-size:14px;color:#4b4f56">
        {code.hint}
      </p>
    </>
  );
}

function LinkBlock({
  button,
  colors,
}: {
  readonly button: NonNullable<MailBody['button']>;
  readonly colors: MailColors;
}) {
  const style =
    `display:inline-block;padding:12px 24px;border-radius:8px;background:${colors.button};color:${colors.onButton};` +
    'font-weight:600;text-decoration:none';
  return (
    <>
      <p style="margin:8px 0 20px">
        <a class="button" href={button.href} style={style}>
          {button.label}
        </a>
      </p>
      <p class="soft" style="margin:0 0 20px;font-size:14px;color:#4b4f56">
        {button.byHand}
        <br />
        <a class="link" href={button.href} style={`color:${colors.link};word-break:break-all`}>
          <bdi dir="ltr">{button.href}</bdi>
        </a>
      </p>
    </>
  );
}

function darkStyle({ linkOnDark, buttonOnDark, onButtonOnDark }: MailColors): string {
  return (
    '@media (prefers-color-scheme:dark){.page{background:#111214!important;color:#f2f3f5!important}' +
    '.card{background:#1c1d20!important}.soft{color:#b9bdc5!important}' +
    `.button{background:${buttonOnDark}!important;color:${onButtonOnDark}!important}` +
    `.link{color:${linkOnDark}!important}}`
  );
}
