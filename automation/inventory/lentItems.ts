import { onceEach, type EvidenceItem } from "../../components/model/evidence";
import { tagKeys, type loanOf } from "../../components/model/tags";
import { findLoans, type Loans } from "../hosts/loans";
import type { Aws } from "../ports/awsServices";
import { found, type Found } from "./found";
import type { OnUnreadable } from "./unreadable";

/** The types of what is lent. */
const groupType = "autoscaling:group";
const providerType = "ecs:capacity-provider";

/** Groups of others, which live on, as a record has them. */
export function lentGroups({ groups, providers }: Loans): readonly EvidenceItem[] {
    const names = [...groups.map(({ name }) => name), ...providers.map(({ group }) => group)];
    return onceEach(names.map((name) => ({ type: groupType, name, id: name })));
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
