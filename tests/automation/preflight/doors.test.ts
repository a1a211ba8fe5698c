import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { SlesEcsCluster } from "../../../components";
import { tagKeys } from "../../../components/model/tags";
import { unwrap } from "../../components/environment";
import { renderLine } from "../../../components/model/commandLine";
import { publicTable } from "../../helpers/account";
import { cluster, instance } from "../../helpers/awsObjects";
import { ownTags, stack, stackId, type FakeAwsState } from "../../helpers/fakeAws";
import { silentPint } from "../../helpers/fakePint";
import {
    behindNat,
    closedTable,
    ecsEndpoints,
    existing,
    gateway,
    image,
    preflight,
    type PreflightCase,
} from "../../helpers/preflightCase";
import type { Problem } from "../../../components/model/problem";
import { Recorder, type MockAws } from "../../helpers/pulumiMocks";
import { dockerVolume, faults, foreign, keptVolume, march, theirs } from "./doorFaults";

/** The same AWS as Pulumi's functions find it. */
function toMock(aws: FakeAwsState): Partial<MockAws> {
    return {
        region: "eu-central-1",
        zones: aws.availabilityZones,
        offeredZones: aws.zonesOffering,
        images: aws.images.map((one) => ({ rootDeviceName: "/dev/sda1", ...one })),
        runningImages: aws.instances.map(({ imageId }) => imageId),
        runningHosts: Object.fromEntries(
            aws.instances.flatMap(({ tags, subnetId, zone }) => {
                const number = tags[tagKeys.host];
                return number === undefined ? [] : [[number, { subnetId, zone }]];
            }),
        ),
        ownZones: aws.ownZones,
        ownVpcId: aws.ownVpcId,
        volumes: aws.volumes,
        memoryMiB: aws.memoryMiB,
        defaultVpcId: aws.defaultVpc?.id,
        subnets: [
            ...new Map([...aws.subnets, ...aws.defaultSubnets].map((one) => [one.id, one])).values(),
        ].map((one) => ({ ...one, isDefault: aws.defaultSubnets.some(({ id }) => id === one.id) })),
        securityGroups: aws.securityGroups.map((group) => ({ ...group, name: "" })),
        clusters: aws.clusters,
        routeTables: aws.routeTables.map(({ id, subnetIds, routes }) => ({
            id,
            subnetIds,
            leadsThrough: routes
                .filter(({ destination }) => destination === "0.0.0.0/0")
                .map(({ target }) => target),
        })),
        s3Endpoints: aws.vpcEndpoints
            .filter(({ serviceName }) => serviceName.endsWith(".s3"))
            .map(({ type, routeTableIds }) => ({ type: type as "Gateway" | "Interface", routeTableIds })),
        interfaceEndpoints: aws.vpcEndpoints.flatMap(({ privateDns, serviceName }) =>
            privateDns === true ? (serviceName.split(".").at(-1) ?? []) : [],
        ),
        natGateways: aws.natGateways,
        keyPairs: aws.keyPairs,
        defaultEncryptionKey: aws.defaultEncryptionKey,
        encryptionKeys: aws.encryptionKeys,
        repositories: Object.entries(aws.repositories).map(([name, one]) => ({ ...one, name })),
        logGroups: Object.fromEntries(
            Object.entries(aws.byArn).map(([arn, tags]) => [arn.split(":log-group:")[1] ?? "", tags]),
        ),
        instanceProfiles: Object.keys(aws.instanceProfiles),
        verdicts: aws.verdicts,
    };
}

interface Outcome {
    /** The whole text of a refusal; missing where the environment was made. */
    readonly text?: string;
    readonly recorder: Recorder;
}

async function throughProgram(settings: object, aws: FakeAwsState): Promise<Outcome> {
    const recorder = await Recorder.start({ ...toMock(aws), stackId }, "alice");
    const made = new SlesEcsCluster("sles-ecs", { settings: settings });
    const error: unknown = await made.ready.then(
        () => undefined,
        (reason: unknown) => reason,
    );
    await Promise.allSettled([unwrap(made.clusterName), unwrap(made.clusterArn)]);
    await pulumi.runtime.disconnect();
    if (error !== undefined && !pulumi.RunError.isInstance(error)) {
        throw error as Error;
    }
    return { recorder, text: error?.message };
}

describe("Pulumi's door and the command line", () => {
    for (const [what, given, code] of faults) {
        it(`refuse ${what} with one code and the same words`, async () => {
            // The program does not ask pint.
            const sources = { loadPint: () => Promise.resolve(silentPint("it is night")) };
            const { result, fake } = await preflight({ ...given, sources });
            const { recorder, text = "" } = await throughProgram(given.settings ?? {}, fake.state);
            expect(result).to.be.instanceOf(AppError);
            const { code: told, message } = result as AppError;
            const details = (result as AppError).details.map((one) => renderLine(one));
            expect(told).to.equal(code);
            // Pulumi's provider does not count services.
            const asProgramSays = message.replace(/, \d+ services?/, "");
            const [first, ...more] = text.split("\n  ");
            expect(first).to.equal(`${asProgramSays} [${code}]`);
            expect(more.slice(0, details.length)).to.deep.equal(details);
            expect(recorder.inventory()).to.deep.equal([]);
        });
    }

    it("tell all problems at once, a line each", async () => {
        const given = {
            settings: { hosts: { keyName: "home" } },
            aws: { clusters: [theirs], zonesOffering: [] },
        };
        const { result, fake } = await preflight(given);
        const { text = "" } = await throughProgram(given.settings, fake.state);
        const codes = (lines: readonly string[]) => lines.map((line) => /\[(\w+)\]$/.exec(line)?.[1]);
        const { message } = result as AppError;
        const details = (result as AppError).details.map((one) => renderLine(one));
        expect(codes(details)).to.deep.equal([
            "CLUSTER_NAME_TAKEN",
            "INSTANCE_TYPE_NOT_OFFERED",
            "KEY_PAIR_NOT_FOUND",
        ]);
        const [first, ...lines] = text.split("\n  ");
        expect(first).to.equal(`${message} [PREFLIGHT_FAILED]`);
        expect(codes(lines)).to.deep.equal(codes(details));
    });

    const passes: readonly (readonly [string, PreflightCase])[] = [
        ["its own cluster", { aws: { clusters: [cluster()] }, stackIsEmpty: false }],
        ["a name whose cluster is deleted", { aws: { clusters: [{ ...foreign, status: "INACTIVE" }] } }],
        ["an ACTIVE cluster to adopt", { settings: { adoptCluster: true }, aws: { clusters: [foreign] } }],
        [
            "a subnet whose hosts go out through a NAT gateway",
            { settings: existing(["subnet-0000000b"]), aws: behindNat },
        ],
        [
            "a smaller volume of a stack that is called alike",
            {
                settings: { dockerStorage: { mode: "volume", sizeGiB: 50 } },
                aws: { volumes: [dockerVolume({ ...ownTags, [tagKeys.stackId]: "another" })] },
                stackIsEmpty: false,
            },
        ],
        [
            "as much reserved memory as leaves the tasks a twentieth",
            { settings: { agent: { reservedMemoryMiB: 1900 } }, aws: { memoryMiB: 2000 } },
        ],
        [
            "reserved memory of a type that EC2 does not describe",
            { settings: { agent: { reservedMemoryMiB: 1900 } }, aws: { memoryMiB: undefined } },
        ],
        [
            "hosts on an older image of no lock",
            {
                aws: {
                    images: [image, march],
                    instances: [instance(1, { imageId: march.id, imageName: march.name })],
                },
                stackIsEmpty: false,
            },
        ],
    ];
    for (const [what, given] of passes) {
        it(`let ${what} pass, on the same image`, async () => {
            const { result, fake } = await preflight(given);
            const { text, recorder } = await throughProgram(given.settings ?? {}, fake.state);
            expect(text).to.equal(undefined);
            expect(result).to.have.deep.property("warnings", []);
            const { hostImage } = result as { readonly hostImage: { readonly id: string } };
            const { inputs } = recorder.only("aws:ec2/instance:Instance");
            expect(inputs["ami"]).to.equal(hostImage.id);
            expect(new Set(recorder.warnings.map((line) => line.split(":")[0]))).to.deep.equal(
                new Set(["hostImage.lock"]),
            );
        });
    }

    it("warn of a subnet from which hosts can join, and get no updates, in the same words", async () => {
        const given = {
            settings: existing(["subnet-0000000b"]),
            aws: { routeTables: [publicTable, closedTable], vpcEndpoints: [gateway, ...ecsEndpoints] },
        };
        const { result, fake } = await preflight(given);
        const { text, recorder } = await throughProgram(given.settings, fake.state);
        expect(text).to.equal(undefined);
        const { warnings } = result as { readonly warnings: readonly Problem[] };
        expect(warnings).to.have.lengthOf(1);
        expect(warnings[0]).to.include({ code: "NO_ROUTE_TO_SUSE", path: "network.subnetIds[0]" });
        expect(recorder.warnings.join("\n")).to.include(warnings[0]?.message);
    });

    it("take up a docker volume that was kept, and tell of it in the same words", async () => {
        const given = {
            settings: { dockerStorage: { mode: "volume", sizeGiB: 100 } },
            aws: { volumes: [keptVolume] },
        };
        const { result, fake } = await preflight(given);
        const { recorder } = await throughProgram(given.settings, fake.state);
        expect(recorder.only("aws:ebs/volume:Volume").importId).to.equal("vol-1");
        expect(result).to.have.nested.property("keptVolumes[0].id", "vol-1");
        const { warnings } = result as { readonly warnings: readonly Problem[] };
        const told = warnings.filter(({ path }) => path.startsWith("dockerStorage"));
        expect(told.map(({ path }) => path)).to.deep.equal(["dockerStorage", "dockerStorage.keepOnDestroy"]);
        expect(told[0]?.message).to.include("vol-1 (100 GiB, eu-central-1a) by host 1");
        expect(told[1]?.message).to.include("vol-1 (100 GiB, eu-central-1a) of host 1");
        const said = recorder.warnings.join("\n");
        told.forEach(({ message }) => expect(said).to.include(message));
        expect(said).to.include("set dockerStorage.keepOnDestroy to true in the program's settings");
    });

    it("differ in what only the state can tell: whose a cluster is that is older than stack ids", async () => {
        const older = cluster({ tags: { [tagKeys.stack]: stack } });
        const given = { aws: { clusters: [older] }, stackIsEmpty: true };
        const { result, fake } = await preflight(given);
        expect(result).to.include({ code: "CLUSTER_NAME_TAKEN" });
        expect((await throughProgram({}, fake.state)).text).to.equal(undefined);
        expect(stack).to.equal("organization/sles-ecs/alice");
    });
});
