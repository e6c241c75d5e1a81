import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useFindingWords } from './finding-words.js';
import { texts } from './texts.js';

/** When a verified domain was proven and will be again, and to have it done now. */
export function ProvenAgain({ domain }: { readonly domain: Schema<'Domain'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify, announce } = useNotices();
  const words = useFindingWords();
  const verify = useWrite('verifyDomain');
  const path = { tenant, domain: domain.domain };
  const prove = async () => {
    try {
      const { body } = await verify.mutateAsync({ path });
      const { dns, file } = body.last_check ?? {};
      if (dns?.proven || file?.proven) notify(t('proven_now'));
      else announce(t(body.failing_since === null ? 'proof_unclear' : 'proof_missing'));
    } catch {
      // Shown below.
    }
  };
  const check = domain.last_check;
  const isUnclear = check !== null && !check.dns.proven && check.file?.proven !== true;
  return (
    <Panel title={t('again_title')} lead={t('again_lead')}>
      <div className="stack">
        <Facts
          facts={[
            [t('proven_last'), <Time key="proven" value={domain.proven_at} />],
            [t('proven_next'), <Time key="next" value={domain.next_check_at} />],
          ]}
        />
        {isUnclear && (
          <p className="soft">
            {words.of('dns', check.dns)} {check.file && words.of('file', check.file)} {t('proof_unclear')}
          </p>
        )}
        {verify.error && <ProblemNotice error={verify.error} />}
        <div className="actions">
          <ActionButton need="tenants:write" variant="default" loading={verify.isPending} onClick={() => void prove()}>
            {t('prove_now')}
          </ActionButton>
          <CodeCopy
            operation="verifyDomain"
            request={() => ({ path })}
            cli={() => asCommand(['domains', 'verify', tenant, domain.domain])}
          />
        </div>
      </div>
    </Panel>
  );
}
