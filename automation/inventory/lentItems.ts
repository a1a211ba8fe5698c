import { keyOfItem, onceEach, type EvidenceItem } from "../../components/model/evidence";
import { shellWord } from "../../components/model/commandLine";
import { tagKeys, type loanOf } from "../../components/model/tags";
import { findLoans, type Loans } from "../hosts/loans";
import type { Aws } from "../ports/awsServices";
import { found, type Found } from "./found";
import type { OnUnreadable } from "./unreadable";

/** The types of what is lent. */
export const groupType = "autoscaling:group";
const providerType = "ecs:capacity-provider";

/** Groups of others, which live on, as a record has them. */
export function lentGroups({ groups, providers }: Loans): readonly EvidenceItem[] {
    const names = [...groups.map(({ name }) => name), ...providers.map(({ group }) => group)];
    return onceEach(names.map((name) => ({ type: groupType, name, id: name })));
}

/** How a person removes what is left. What is of others is given back, and never deleted. */
export function removeByHand(left: readonly EvidenceItem[], lent: readonly EvidenceItem[]): string {
    const untag = lent.map(({ id }) => {
        const tag = `ResourceId=${id},ResourceType=auto-scaling-group,Key=${tagKeys.attachedTo}`;
        return `aws autoscaling delete-tags --tags ${shellWord(tag)}`;
    });
    const what = lent.length === 0 ? "it" : "the rest";
    const rest = left.length > lent.length ? [`delete ${what} in AWS by the ids above`] : [];
    return [...untag, ...rest].join("; ");
}

/** Those of these things that are groups of others. */
export function lentAmong(
    items: readonly EvidenceItem[],
    loans: readonly EvidenceItem[],
): readonly EvidenceItem[] {
    const keys = new Set(loans.map(keyOfItem));
    return items.filter((one) => keys.has(keyOfItem(one)));
}

/** The capacity providers that `hosts attach` has made for them, which go. */
export function providersOfLoans({ providers }: Loans): readonly EvidenceItem[] {
    return providers.map(({ name, arn: id }) => ({ type: providerType, name, id }));
}

/** What is lent to an environment; nothing where that may not be asked, of which somebody is told. */
export async function readLoans(
    aws: Aws,
    owner: Parameters<typeof loanOf>[0],
    onUnreadable: OnUnreadable,
): Promise<Loans> {
    try {
        return await findLoans(aws, owner);
    } catch (error) {
        onUnreadable("what is lent to it", error);
        return { groups: [], providers: [] };
    }
}

/** Everything that is lent to an environment still, by the tag of loans alone: no look for what is own finds it. */
export async function findStillLent(...asked: Parameters<typeof readLoans>): Promise<readonly Found[]> {
    const { groups, providers } = await readLoans(...asked);
    return [
        ...providers.map(({ name, arn }) => ({
            ...found(providerType, arn),
            ...{ name, reason: "it was made for a group that was lent" },
        })),
        ...groups.map(({ name }) => ({
            ...found(groupType, name),
            reason: `of others, and not given back: it is to lose the tag ${tagKeys.attachedTo}, and to stay`,
        })),
    ];
}
