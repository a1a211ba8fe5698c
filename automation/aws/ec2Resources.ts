import { paginateDescribeTags, type EC2Client } from "@aws-sdk/client-ec2";

import type { Ec2Resource } from "../ports/awsServices";
import { collect } from "./collect";
import { idPrefix, readStates } from "./ec2ResourceStates";

const dead = new Set(["terminated", "deleted"]);
const leaving = new Set(["shutting-down", "deleting"]);

type Named = Pick<Ec2Resource, "id" | "type">;

/**
 * Everything of EC2 that carries the tag and exists. DescribeTags finds all types in one query, but goes on naming
 * deleted resources for a while, so each type that it names is asked for itself.
 */
export async function taggedResources(
    client: EC2Client,
    key: string,
    value: string,
): Promise<readonly Ec2Resource[]> {
    const Filters = [
        { Name: "key", Values: [key] },
        { Name: "value", Values: [value] },
    ];
    const found = await collect(paginateDescribeTags({ client }, { Filters }), (page) => page.Tags);
    const resources = found
        .filter((item) => item.Key === key && item.Value === value)
        .map((item): Named => ({ id: item.ResourceId ?? "", type: item.ResourceType ?? "" }));
    const prefixes = [...new Set(resources.map((resource) => idPrefix(resource.id)))];
    const present = await Promise.all(
        prefixes.map((prefix) =>
            withoutDead(
                client,
                prefix,
                resources.filter((one) => idPrefix(one.id) === prefix),
            ),
        ),
    );
    return present.flat();
}

async function withoutDead(
    client: EC2Client,
    prefix: string,
    resources: readonly Named[],
): Promise<Ec2Resource[]> {
    const states = await readStates(
        client,
        prefix,
        resources.map((resource) => resource.id),
    );
    if (states === undefined) {
        return resources.map((resource) => ({ ...resource, leaving: false }));
    }
    return resources
        .filter((resource) => !dead.has(states.get(resource.id) ?? "deleted"))
        .map((resource) => ({ ...resource, leaving: leaving.has(states.get(resource.id) ?? "") }));
}
