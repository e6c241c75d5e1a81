import { type DomainCheck, type ProofFinding, challengeOf } from '../../domains/domain-check.js';
import type { DomainEntity } from '../../domains/domain.entity.js';
import type { View } from '../kit/view.js';

/** @param issuer what it is an issuer as, or will be */
export function domainView(domain: DomainEntity, issuer: string): View {
  const { recordName, filePath, value } = challengeOf(domain);
  return {
    domain: domain.domain,
    status: domain.verifiedAt === null ? 'pending' : 'verified',
    issuer,
    primary: domain.isPrimary,
    challenge: {
      dns: { type: 'TXT', name: recordName, value },
      file: { url: `https://${domain.domain}${filePath}`, content: value },
    },
    verified_by: domain.verifiedBy,
    verified_at: domain.verifiedAt,
    last_check: domain.lastCheck && checkView(domain.lastCheck),
    last_checked_at: domain.checkedAt,
    next_check_at: domain.verifiedAt === null ? domain.nextCheckAt : (domain.nextProofAt ?? domain.verifiedAt),
    proven_at: domain.provenAt ?? domain.verifiedAt,
    failing_since: domain.failingSince,
    lapses_at: domain.lapsesAt,
    lapsed_at: domain.verifiedAt === null ? domain.lapsedAt : null,
    fault: domain.failingSince !== null || domain.verifiedAt === null ? domain.fault : null,
    created_at: domain.createdAt,
    updated_at: domain.updatedAt,
  };
}

function checkView({ dns, file }: DomainCheck): View {
  return { dns: findingView(dns), file: file ? findingView(file) : null };
}

function findingView({ proven, conclusive = proven, found, detail }: ProofFinding): View {
  return { proven, conclusive, found, detail };
}
