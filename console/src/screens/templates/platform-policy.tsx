import { useApi } from '../../api/api.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTexts } from '../../texts/texts.js';
import { PolicyEditor } from '../policies/policy-editor.js';
import { OPERATORS, canLockAbove, layerStateOf } from './layer-state.js';
import { texts } from './texts.js';

/** What holds for every tenant that decides nothing else. */
export function PlatformPolicyPage() {
  const t = useTexts(texts);
  const api = useApi();
  return (
    <ResourcePage
      operation="getPlatformPolicy"
      request={{}}
      crumbs={[{ label: t('title'), to: '/templates' }]}
      head={() => ({ title: t('platform_title'), lead: t('platform_lead') })}
      tabs={[
        {
          id: 'rules',
          label: t('rules'),
          content: (answer) => (
            <PolicyEditor
              layer="platform"
              state={layerStateOf(answer)}
              operation="updatePlatformPolicy"
              need={OPERATORS}
              reread={async () => layerStateOf(await api.call('getPlatformPolicy', {}))}
              canLock={canLockAbove}
              cli={{ words: ['policy-templates', 'platform'], prefix: 'policy.' }}
            />
          ),
        },
      ]}
    />
  );
}
