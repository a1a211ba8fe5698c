import { readRecords } from "../../automation/pint/records";
import type { PackageChange, Pint, PintQuery, PintResult } from "../../automation/ports/pint";
import type { SuseServer } from "../../components/model/suseServers";
import { pintRecord, type PintRecord } from "./pintServer";

export interface FakePint extends Pint {
    readonly queries: readonly PintQuery[];
}

/** What the pages say of packages, by their addresses. */
export type FakePages = Readonly<Record<string, readonly PackageChange[] | undefined>>;

/** Of what pint has said: a region server, and the update servers for eu-central-1. */
export const suseServers: readonly SuseServer[] = [
    { kind: "region", ip: "54.247.166.75", region: "eu-west-1" },
    ...["54.93.130.182", "54.93.131.24", "52.28.214.37"].map((ip) => ({
        kind: "update" as const,
        ip,
        region: "eu-central-1",
        name: "smt-ec2.susecloud.net",
    })),
];

/** A pint that answers at once: with these records, or with what is given instead. */
export function fakePint(
    records: readonly PintRecord[],
    instead?: PintResult,
    pages: FakePages = {},
): FakePint {
    const queries: PintQuery[] = [];
    return {
        queries,
        images: (query) => {
            queries.push(query);
            const wanted = records.filter(({ state }) => query.state === undefined || state === query.state);
            const { region } = query;
            return Promise.resolve(instead ?? { kind: "fresh", ...readRecords(wanted, region, "20261127") });
        },
        servers: () => Promise.resolve({ kind: "fresh", servers: suseServers }),
        packageChanges: (page) => Promise.resolve(pages[page]),
    };
}

/** A pint that lists these images of EC2, all of them active unless there is a record of its own for one. */
export function pintListing(
    images: readonly { readonly id: string; readonly name: string; readonly region?: string }[],
    records: readonly PintRecord[] = [],
): FakePint {
    const own = new Set(records.map(({ id }) => id));
    const active = images
        .filter(({ id }) => !own.has(id))
        .map(({ id, name, region = "eu-central-1" }) => pintRecord({ id, name, region }));
    return fakePint([...active, ...records]);
}

/** A pint that gives no answer, and why. */
export function silentPint(reason: string): FakePint {
    return fakePint([], { kind: "unavailable", reason, unknownRegion: false });
}

const page = "https://publiccloudimagechangeinfo.suse.com/amazon";
const newest = { name: "suse-sles-15-sp6-v20260919-ecs-hvm-ssd-x86_64", id: "ami-0000000000000000a" };
const middle = { name: "suse-sles-15-sp6-v20260612-ecs-hvm-ssd-x86_64", id: "ami-0000000000000000b" };
const oldest = { name: "suse-sles-15-sp6-v20240229-ecs-hvm-ssd-x86_64", id: "ami-0000000000000000c" };
const byos = { name: "suse-sles-15-sp7-byos-v20260924-hvm-ssd-x86_64", id: "ami-0000000000000000d" };

const replacedBy = ({ name, id }: { readonly name: string; readonly id: string }): PintRecord => ({
    replacementname: name,
    replacementid: id,
});

/** Images of every state, newest first; the ECS images of 15 SP6 replace one another. */
export const lifeOfImages: readonly PintRecord[] = [
    pintRecord({ ...byos, publishedon: "20260924" }),
    pintRecord({ ...newest, publishedon: "20260919", changeinfo: `${page}/${newest.name}/` }),
    pintRecord({
        ...middle,
        ...replacedBy(newest),
        state: "deprecated",
        publishedon: "20260612",
        deprecatedon: "20260919",
    }),
    pintRecord({
        ...oldest,
        ...replacedBy(middle),
        state: "deprecated",
        publishedon: "20240201",
        deprecatedon: "20240229",
    }),
    pintRecord({
        name: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64",
        id: "ami-0000000000000000e",
        state: "inactive",
        publishedon: "20210606",
    }),
    pintRecord({
        name: "suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64",
        id: "ami-0000000000000000f",
        ...replacedBy({ name: "suse-sles-12-sp5-v20210101-ecs-hvm-ssd-x86_64", id: "ami-00000000000000010" }),
        state: "deleted",
        publishedon: "20200918",
        deprecatedon: "20210606",
        deletedon: "20230606",
    }),
];
