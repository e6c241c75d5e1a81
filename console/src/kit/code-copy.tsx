import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { asCurl } from '../api/command-text.js';
import type { OperationId } from '../api/operation.js';
import { type LooseRequest, wireRequest } from '../api/request.js';
import { CodeBlock } from '../design/copy.js';
import { Icon } from '../design/icon.js';
import { useSession } from '../shell/session.js';
import { useSharedTexts } from '../texts/texts.js';

interface CodeCopyProps {
  readonly operation: OperationId;
  /** Exactly what would be sent now. */
  readonly request: () => LooseRequest;
  /** The same as a command of `tenantry` (`asCommand`), where there is one. */
  readonly cli?: ((request: LooseRequest) => string) | undefined;
}

/** "Copy as curl" and "copy as CLI": what the button beside it would do, for a script. */
export function CodeCopy({ operation, request, cli }: CodeCopyProps) {
  const t = useSharedTexts();
  const { public_url, setup } = useSession();
  const [isOpen, { open, close }] = useDisclosure();
  const [kind, setKind] = useState<'curl' | 'cli'>(cli ? 'cli' : 'curl');
  // Somebody who came by a setup link has no token.
  if (setup) return null;
  const text = () => (kind === 'cli' && cli ? cli(request()) : asCurl(public_url, wireRequest(operation, request())));
  return (
    <>
      <Button variant="subtle" color="gray" data-copy={operation} leftSection={<Icon name="code" />} onClick={open}>
        {t('action.as_code')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('action.as_code')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {isOpen && (
          <div className="stack">
            {cli && (
              <SegmentedControl
                aria-label={t('action.as_code')}
                value={kind}
                onChange={(value) => setKind(value)}
                data={[
                  { value: 'cli', label: t('code.cli') },
                  { value: 'curl', label: t('code.curl') },
                ]}
              />
            )}
            <CodeBlock text={text()} what={t(`code.${kind}`)} />
            {kind === 'curl' && <p className="soft">{t('code.token')}</p>}
          </div>
        )}
      </Modal>
    </>
  );
}
