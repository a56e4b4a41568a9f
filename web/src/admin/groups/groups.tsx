/** @jsxImportSource react */
// Groups of people and of devices: whom somebody put in, whom the provider names,
// or whose attributes match.
import { groups } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Group, GroupBody } from '../../wire'
import { Configured, type PageProps } from '../kit/configured'
import type { Editing } from '../kit/editor'
import { ChoiceField, NamedFields, TextField } from '../kit/form'
import { MembersPart } from './members'
import { RuleEditor } from './rule'
import { blankTerm, tidy } from './term'

const blank: GroupBody = { name: '', description: '', of: 'people', kind: 'fixed', claim: '', rule: [] }
const kinds = ['fixed', 'claim', 'rule'] as const
const ofs = ['people', 'devices'] as const

export default function GroupsPage({ query, focus, may }: PageProps) {
  return (
    <Configured<Group, GroupBody, readonly Group[]>
      page="groups"
      query={query}
      focus={focus}
      load={groups.list}
      rows={(known) => known}
      columns={() => [
        { id: 'of', head: t('groups.of'), text: (g) => t(`groups.of.${g.of}`), cell: (g) => t(`groups.of.${g.of}`) },
        { id: 'kind', head: t('groups.kind'), text: (g) => t(`groups.kind.${g.kind}`), cell: (g) => t(`groups.kind.${g.kind}`) }
      ]}
      facets={() => [
        { id: 'of', label: t('groups.of'), of: (g) => g.of, options: ofs.map((o) => [o, t(`groups.of.${o}`)]) },
        { id: 'kind', label: t('groups.kind'), of: (g) => g.kind, options: kinds.map((k) => [k, t(`groups.kind.${k}`)]) }
      ]}
      collection={groups}
      blank={blank}
      tidy={tidy}
      mayWrite={may('manage_people')}
      form={(editing, _, thing) => <GroupForm {...editing} isNew={!thing} />}
      beside={(g) => <MembersPart group={g} may={may('manage_people')} />}
    />
  )
}

function GroupForm({ draft, change, isNew }: Editing<GroupBody> & { isNew: boolean }) {
  const allowed = kinds.filter((k) => draft.of === 'people' || k !== 'claim')
  return (
    <>
      <NamedFields draft={draft} change={change} />
      <ChoiceField
        label={t('groups.of')}
        hint={t('groups.of.more')}
        disabled={!isNew}
        value={draft.of}
        options={ofs.map((o) => [o, t(`groups.of.${o}`)])}
        onChange={(of) => change({ of, rule: [], kind: draft.kind === 'claim' ? 'fixed' : draft.kind })}
      />
      <ChoiceField
        label={t('groups.kind')}
        hint={t(`groups.kind.${draft.kind}.more`)}
        value={draft.kind}
        options={allowed.map((k) => [k, t(`groups.kind.${k}`)])}
        onChange={(kind) =>
          change({ kind, rule: kind === 'rule' && draft.rule.length === 0 ? [blankTerm(draft.of)] : draft.rule })
        }
      />
      {draft.kind === 'claim' && (
        <TextField
          label={t('groups.claim')}
          hint={t('groups.claim.more')}
          required
          code
          value={draft.claim}
          maxLength={500}
          onChange={(claim) => change({ claim })}
        />
      )}
      {draft.kind === 'rule' && <RuleEditor of={draft.of} rule={draft.rule} onChange={(rule) => change({ rule })} />}
    </>
  )
}
