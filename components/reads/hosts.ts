import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { standingStates, type HostPlace, type Reads } from "../model/checks/reads";
import { tagKeys, type Ownership, type Tags } from "../model/tags";
import { answerOf } from "./answers";

type Filter = readonly [name: string, value: string];
type Ids = readonly string[];

/**
 * Hosts of the environment. Lists tell ids alone, so that each image, number and place is asked for its hosts. For one run
 * and one owner: whether there are any, it asks once.
 */
export function hostReads(
    options: pulumi.InvokeOptions,
): Pick<Reads, "hasHosts" | "imagesInUse" | "hostPlaces"> {
    let standing: Promise<Ids> | undefined;
    const carrying = async (tags: Tags, { environment }: Ownership, filter?: Filter): Promise<Ids> => {
        const filters = filter && [{ name: filter[0], values: [filter[1]] }];
        const instanceTags = { ...tags, [tagKeys.environment]: environment };
        const query = { instanceTags, instanceStateNames: [...standingStates], filters };
        return (await answerOf(ec2.getInstances(query, options))).ids;
    };
    const byStackId = async (owner: Ownership, filter?: Filter): Promise<Ids> =>
        owner.stackId === undefined ? [] : carrying({ [tagKeys.stackId]: owner.stackId }, owner, filter);
    // Hosts that are older than the id of their stack carry its name alone, which others' stacks may have too.
    const ownFirst = async (owner: Ownership, filter?: Filter): Promise<Ids> => {
        const own = await byStackId(owner, filter);
        return own.length > 0 ? own : carrying({ [tagKeys.stack]: owner.stack }, owner, filter);
    };
    const allIn = async (owner: Ownership, { subnetId, zone }: HostPlace): Promise<Ids> => {
        const filter: Filter = subnetId === undefined ? ["availability-zone", zone] : ["subnet-id", subnetId];
        const named = carrying({ [tagKeys.stack]: owner.stack }, owner, filter);
        return [...(await byStackId(owner, filter)), ...(await named)];
    };
    return {
        hasHosts: async (owner) => (await (standing ??= ownFirst(owner))).length > 0,
        imagesInUse: async (owner, among) => {
            const used = await Promise.all(among.map((id) => ownFirst(owner, ["image-id", id])));
            return among.filter((_, index) => (used[index]?.length ?? 0) > 0);
        },
        hostPlaces: async (owner, numbers, places) => {
            const [hosts, members] = await Promise.all([
                Promise.all(
                    numbers.map((number) => ownFirst(owner, [`tag:${tagKeys.host}`, String(number)])),
                ),
                Promise.all(places.map((place) => allIn(owner, place))),
            ]);
            return new Map(
                numbers.flatMap((number, at) => {
                    const place = members.findIndex((ids) => ids.some((id) => hosts[at]?.includes(id)));
                    return place === -1 ? [] : [[number, place] as const];
                }),
            );
        },
    };
}
