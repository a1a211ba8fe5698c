import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";

function errorsOf(raw: unknown, environment = "dev"): string[] {
    return parseSettings(raw, environment)
        .problems.filter(({ severity }) => severity === "error")
        .map(({ path, message }) => `${path}: ${message}`);
}

describe("the cluster's name", () => {
    it("has up to 255 letters, digits, underscores and hyphens, as ECS takes it", () => {
        for (const clusterName of ["default", "a", "A_b-9", "x".repeat(255)]) {
            expect(errorsOf({ clusterName }), clusterName).to.deep.equal([]);
        }
        for (const clusterName of ["a.b", "a b", "ä", "x".repeat(256), "a/b"]) {
            expect(errorsOf({ clusterName }), clusterName).to.have.length(1);
        }
    });

    it("is asked for when the environment's own name cannot be one", () => {
        expect(errorsOf({}, "alice.test")[0]).to.match(/^clusterName: the environment's name "alice.test"/);
        expect(errorsOf({ clusterName: "alice" }, "alice.test")).to.deep.equal([]);
    });
});

describe("auto-scaling hosts", () => {
    const hosts = (limits: object) => errorsOf({ hosts: { mode: "autoScaling", ...limits } });

    it("start with a number between the fewest and the most", () => {
        expect(hosts({ min: 1, max: 4, desired: 1 })).to.deep.equal([]);
        expect(hosts({ min: 1, max: 4, desired: 4 })).to.deep.equal([]);
        expect(hosts({ min: 2, max: 4, desired: 1 })).to.deep.equal([
            "hosts.desired: got 1, expected at least hosts.min (2)",
        ]);
        expect(hosts({ min: 1, max: 4, desired: 5 })).to.deep.equal([
            "hosts.desired: got 5, expected at most hosts.max (4)",
        ]);
        expect(hosts({ min: 5, max: 4 })).to.deep.equal(["hosts.min: got 5, expected at most hosts.max (4)"]);
    });

    it("may not join a cluster that is adopted", () => {
        expect(errorsOf({ adoptCluster: true, hosts: { mode: "autoScaling" } })[0]).to.match(
            /^adoptCluster: /,
        );
        expect(errorsOf({ adoptCluster: true, hosts: { mode: "fixed" } })).to.deep.equal([]);
    });

    it("may not keep their volumes", () => {
        const dockerStorage = { mode: "volume", keepOnDestroy: true };
        expect(errorsOf({ dockerStorage, hosts: { mode: "autoScaling" } })[0]).to.match(
            /^dockerStorage\.keepOnDestroy: volumes of autoScaling hosts cannot be kept/,
        );
        expect(errorsOf({ dockerStorage })).to.deep.equal([]);
    });

    it("have no numbers to name for a volume", () => {
        const dockerStorage = { mode: "volume", hosts: [1] };
        expect(errorsOf({ dockerStorage, hosts: { mode: "autoScaling" } })[0]).to.match(
            /^dockerStorage\.hosts: hosts of a group have no numbers/,
        );
        expect(errorsOf({ dockerStorage, hosts: { mode: "fixed" } })).to.deep.equal([]);
    });
});

describe("the instance type", () => {
    it("has the host image's architecture", () => {
        const types = {
            "t3.small": 0,
            "m7i-flex.large": 0,
            "g4dn.xlarge": 0,
            "g5.xlarge": 0,
            "u-6tb1.metal": 0,
            "t4g.small": 1,
            "c7gn.large": 1,
            "a1.large": 1,
            "im4gn.large": 1,
            "g5g.xlarge": 1,
        };
        for (const [instanceType, errors] of Object.entries(types)) {
            expect(errorsOf({ hosts: { instanceType } }), instanceType).to.have.length(errors);
        }
        expect(
            errorsOf({
                hosts: { instanceType: "t4g.small" },
                hostImage: { filter: "suse-sles-15-sp7-v*-ecs-hvm-ssd-arm64" },
            }),
        ).to.deep.equal([]);
    });
});

describe("the root volume", () => {
    const warningsOf = (raw: object) => parseSettings(raw, "dev").problems;

    it("draws a warning in the guide's words when the image's docker store may not fit", () => {
        const [warning, ...more] = warningsOf({ hosts: { rootVolumeGiB: 109 } });
        expect(more).to.deep.equal([]);
        expect(warning).to.include({ path: "hosts.rootVolumeGiB", severity: "warning" });
        // Guide, section 6.
        expect(warning?.message).to.contain("100 GB in size. This is thinly provisioned");
        expect(warning?.message).to.contain("sufficiently large root volume to store the docker images");
        expect(
            parseSettings({ hosts: { rootVolumeGiB: 109 } }, "dev").settings?.hosts.rootVolumeGiB,
        ).to.equal(109);
    });

    it("draws none when the store fits, or docker's data is elsewhere", () => {
        expect(warningsOf({ hosts: { rootVolumeGiB: 110 } })).to.deep.equal([]);
        expect(
            warningsOf({
                hosts: { rootVolumeGiB: 10, count: 2 },
                dockerStorage: { mode: "volume", hosts: [1] },
            }),
        ).to.have.length(1);
        expect(warningsOf({ hosts: { rootVolumeGiB: 10 }, dockerStorage: { mode: "volume" } })).to.deep.equal(
            [],
        );
    });

    it("is not judged by a storage that is wrong in itself", () => {
        const problems = warningsOf({
            hosts: { rootVolumeGiB: 20 },
            dockerStorage: { mode: "volume", sizeGiB: 0 },
        });
        expect(problems.map(({ path }) => path)).to.deep.equal(["dockerStorage.sizeGiB"]);
    });

    it("is never smaller than the image", () => {
        expect(errorsOf({ hosts: { rootVolumeGiB: 9 } })).to.have.length(1);
    });
});

describe("the docker volume", () => {
    it("warns of a host that does not exist, and refuses a list that makes no sense", () => {
        const problemsOf = (hosts: unknown) =>
            parseSettings({ hosts: { count: 2 }, dockerStorage: { mode: "volume", hosts } }, "dev").problems;
        expect(problemsOf([1, 2])).to.deep.equal([]);
        expect(problemsOf([2, 3])[0]).to.include({ path: "dockerStorage.hosts", severity: "warning" });
        for (const senseless of [[], [0], [1, 1], [1.5], ["one"], 1]) {
            expect(problemsOf(senseless)[0]?.severity, JSON.stringify(senseless)).to.equal("error");
        }
    });

    // EC2 API reference, CreateVolume; EBS user guide, "Amazon EBS volume types".
    const accepted = [
        { type: "gp3", sizeGiB: 1, iops: 3000 },
        { type: "gp3", sizeGiB: 65536, iops: 80_000, throughputMiBps: 2000 },
        { type: "gp3", sizeGiB: 100, throughputMiBps: 750 },
        { type: "gp2", sizeGiB: 16384 },
        { type: "io1", sizeGiB: 4, iops: 200 },
        { type: "io2", sizeGiB: 256, iops: 256_000 },
        { type: "st1", sizeGiB: 125 },
        { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
        { kmsKeyId: "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab" },
    ];
    const refused = [
        [{ type: "gp3", sizeGiB: 65537 }, "sizeGiB"],
        [{ type: "gp3", iops: 2999 }, "iops"],
        [{ type: "gp3", sizeGiB: 8, iops: 4001 }, "iops"],
        [{ type: "gp3", throughputMiBps: 751 }, "throughputMiBps"],
        [{ type: "gp3", throughputMiBps: 2001, iops: 16_000 }, "throughputMiBps"],
        [{ type: "gp2", iops: 3000 }, "iops"],
        [{ type: "gp2", throughputMiBps: 250 }, "throughputMiBps"],
        [{ type: "gp2", sizeGiB: 16385 }, "sizeGiB"],
        [{ type: "io1", sizeGiB: 100 }, "iops"],
        [{ type: "io1", sizeGiB: 4, iops: 201 }, "iops"],
        [{ type: "io1", sizeGiB: 3, iops: 100 }, "sizeGiB"],
        [{ type: "io2", sizeGiB: 100, iops: 3000, throughputMiBps: 500 }, "throughputMiBps"],
        [{ type: "st1", sizeGiB: 100 }, "sizeGiB"],
        [{ type: "standard" }, "type"],
        [{ kmsKeyId: "my-key" }, "kmsKeyId"],
        [{ kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:alias/my-key" }, "kmsKeyId"],
    ] as const;

    for (const volume of accepted) {
        it(`is accepted as ${JSON.stringify(volume)}`, () => {
            expect(errorsOf({ dockerStorage: { mode: "volume", ...volume } })).to.deep.equal([]);
        });
    }
    for (const [volume, key] of refused) {
        it(`is refused as ${JSON.stringify(volume)}, for its ${key}`, () => {
            const errors = errorsOf({ dockerStorage: { mode: "volume", ...volume } });
            expect(errors).to.have.length(1);
            expect(errors[0]).to.match(new RegExp(`^dockerStorage\\.${key}: `));
        });
    }

    it("says why the alias of a key will not do", () => {
        const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:alias/my-key";
        const [error] = errorsOf({ dockerStorage: { mode: "volume", kmsKeyId } });
        expect(error).to.contain("EBS answers with the key's ARN");
        expect(error).to.contain("would replace the volume at every update");
    });
});

describe("the host image's filter", () => {
    const filters = (filter: string) => errorsOf({ hostImage: { filter } });

    it("names a generation that has ECS images", () => {
        expect(filters("suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64")).to.deep.equal([]);
        expect(filters("suse-sles-16-0-v*-ecs-hvm-ssd-x86_64")).to.deep.equal([]);
        expect(filters("suse-sles-15-*ecs*")).to.deep.equal([]);
        expect(filters("suse-sles-*-ecs-*")[0]).to.contain("newest image of any generation would win");
        expect(filters("suse-sles-11-sp4-v*-ecs-hvm-ssd-x86_64")[0]).to.contain("no ECS images of SLES 11");
    });

    it("has ecs after the date, as SUSE's names have", () => {
        expect(filters("suse-sles-12-sp5-ecs-*")[0]).to.contain("ecs after the date");
        expect(filters("suse-sles-15-ecs-v*")[0]).to.contain("ecs after the date");
    });

    it("asks for ECS images, as it would else match images without an agent", () => {
        expect(filters("suse-sles-15-sp7-v*-hvm-ssd-x86_64")[0]).to.contain("-ecs- in the name");
    });
});
