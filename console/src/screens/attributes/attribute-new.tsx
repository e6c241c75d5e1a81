import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { AttributeForm } from './attribute-form.js';
import { texts } from './texts.js';

export function AttributeNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { at } = useTenant();
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('attributes') }]} />
      <Panel>
        <AttributeForm onSaved={(name) => go(at('attributes', name))} onCancel={() => go(at('attributes'))} />
      </Panel>
    </>
  );
}
