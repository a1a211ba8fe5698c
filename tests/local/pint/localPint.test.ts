import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";

import { readHostImageName } from "../../../components/model/images/hostImageName";
import { readPackagePage } from "../../../components/model/images/readPackagePage";
import { localCloudEnvironment } from "../../../local";
import { useCloud } from "../cloud/testCloud";

type Record = Readonly<globalThis.Record<string, string>>;

describe("the pint of the local cloud", () => {
    const cloud = useCloud();

    async function ask(path: string): Promise<{ readonly status: number; readonly body: string }> {
        const base = localCloudEnvironment(cloud().info)["SLES_ECS_PINT_URL"] ?? "";
        const response = await fetch(`${base}${path}`);
        return { status: response.status, body: await response.text() };
    }

    async function images(path: string): Promise<readonly Record[]> {
        return (JSON.parse((await ask(path)).body) as { images: Record[] }).images;
    }

    const named = async (path: string, collection: string): Promise<readonly string[]> =>
        (JSON.parse((await ask(path)).body) as globalThis.Record<string, { name: string }[]>)[
            collection
        ]!.map(({ name }) => name);

    it("tells of the life of an image as SUSE's own does", async () => {
        const active = await images("/v1/amazon/eu-central-1/images/active.json");
        const newest = active.find(({ name }) => name === "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64");
        expect(newest).to.deep.equal({
            name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            state: "active",
            replacementname: "",
            replacementid: "",
            publishedon: "20260922",
            deprecatedon: "",
            region: "eu-central-1",
            id: newest?.["id"],
            deletedon: "",
            changeinfo: `${cloud().info.endpoint}/_pint/changeinfo/amazon/suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64/`,
        });
        const deprecated = await images("/v1/amazon/eu-central-1/images/deprecated.json");
        expect(
            deprecated.find(({ name }) => name === "suse-sles-15-sp7-v20260617-ecs-hvm-ssd-x86_64"),
        ).to.include({
            state: "deprecated",
            publishedon: "20260617",
            deprecatedon: "20260922",
            replacementname: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
            replacementid: newest?.["id"],
        });
        const deleted = await images("/v1/amazon/eu-central-1/images/deleted.json");
        expect(
            deleted.find(({ name }) => name === "suse-sles-12-sp5-v20200918-ecs-hvm-ssd-x86_64"),
        ).to.include({
            state: "deleted",
            deprecatedon: "20210606",
            deletedon: "20230606",
            replacementname: "suse-sles-12-sp5-v20210606-ecs-hvm-ssd-x86_64",
        });
    });

    it("tells of SUSE's servers: those of a region that have updates, and all that know a region's", async () => {
        const { status, body } = await ask("/v1/amazon/eu-central-1/servers/smt.json");
        expect(status).to.equal(200);
        const { servers } = JSON.parse(body) as { readonly servers: readonly object[] };
        expect(servers).to.deep.equal(
            ["54.93.130.182", "54.93.131.24", "52.28.214.37"].map((ip) => ({
                ip,
                ipv6: "",
                name: "smt-ec2.susecloud.net",
                region: "eu-central-1",
                type: "smt",
            })),
        );
        const all = JSON.parse((await ask("/v1/amazon/servers/regionserver.json")).body) as {
            readonly servers: readonly Record[];
        };
        expect(all.servers.map(({ type, name }) => `${type} ${name}`)).to.deep.equal([
            ...Array<string>(4).fill("regionserver-sles "),
            ...Array<string>(2).fill("regionserver-sap "),
        ]);
        const nobody = await ask("/v1/amazon/eu-central-1/servers/regionserver.json");
        expect(nobody).to.deep.equal({ status: 200, body: '{"servers":[]}' });
        expect((await ask("/v1/amazon/eu-central-1/servers/other.json")).status).to.equal(404);
        expect((await ask("/v1/amazon/mars-1/servers.json")).status).to.equal(404);
        expect(await named("/v1/amazon/servers/types.json", "types")).to.deep.equal(["region", "update"]);
    });

    it("has images of every state and generation, for hosts and for other things", async () => {
        const all = await images("/v1/amazon/us-east-1/images.json");
        const states = new Set(all.map(({ state }) => state));
        expect([...states].sort()).to.deep.equal(["active", "deleted", "deprecated", "inactive"]);
        const hosts = all.flatMap(({ name = "" }) => {
            const image = readHostImageName(name);
            return "reason" in image ? [] : [image];
        });
        const generations = new Set(hosts.map((host) => `${host.generation}.${host.servicePack}`));
        expect([...generations].sort()).to.deep.equal(["12.5", "15.6", "15.7", "16.0"]);
        for (const mark of ["-byos-", "-chost-", "-arm64", "-llc", "-ltd"]) {
            expect(
                all.filter(({ name }) => name?.includes(mark)),
                mark,
            ).to.not.be.empty;
        }
    });

    it("has a page on the packages that changed in an image, and an index of such pages", async () => {
        const pages = "/changeinfo/amazon/suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64/";
        const { body, status } = await ask(`${pages}package_version_changes.html`);
        expect(status).to.equal(200);
        const changes = readPackagePage(body) ?? [];
        expect(changes.map(({ name }) => name)).to.include.members([
            "kernel-default",
            "docker",
            "amazon-ecs-init",
        ]);
        for (const { from, to } of changes) {
            expect(from).to.not.be.oneOf([undefined, to]);
        }
        expect((await ask(pages)).body).to.contain(`href="package_version_changes.html"`);
        for (const none of [`${pages}cve_fixes.html`, "/changeinfo/amazon/nothing/", "/changeinfo/amazon"]) {
            expect((await ask(none)).status, none).to.equal(404);
        }
    });

    it("gives the newest images first", async () => {
        const dates = (await images("/v1/amazon/us-east-1/images.json")).map(
            ({ publishedon }) => publishedon,
        );
        expect(dates).to.deep.equal([...dates].sort().reverse());
        expect(dates[0]).to.equal("20260925");
    });

    it("knows exactly the images that EC2 has, under the same ids, and those that are gone", async () => {
        for (const region of ["us-east-1", "eu-central-1"]) {
            const { endpoint } = cloud().info;
            const credentials = { accessKeyId: "test", secretAccessKey: "test" };
            const ec2 = new EC2({ endpoint, region, credentials });
            const { Images: registered } = await ec2.describeImages({ Owners: ["013907871322"] });
            const all = await images(`/v1/amazon/${region}/images.json`);
            const line = (name?: string, id?: string): string => `${name ?? ""} ${id ?? ""}`;
            expect(registered?.map(({ Name, ImageId }) => line(Name, ImageId)).sort()).to.deep.equal(
                all
                    .filter(({ state }) => state !== "deleted")
                    .map(({ name, id }) => line(name, id))
                    .sort(),
            );
        }
    });

    it("replaces images only by images that it has itself", async () => {
        const all = await images("/v1/amazon/us-east-1/images.json");
        const known = new Set(all.map(({ name, id }) => `${name ?? ""} ${id ?? ""}`));
        const replaced = all.filter(({ replacementname }) => replacementname !== "");
        expect(replaced).to.have.length(7);
        for (const { replacementname, replacementid } of replaced) {
            expect(known).to.include(`${replacementname ?? ""} ${replacementid ?? ""}`);
        }
    });

    it("lists all regions at once, without what is deleted", async () => {
        const regions = await named("/v1/amazon/regions.json", "regions");
        expect(regions).to.include.members(["us-east-1", "eu-central-1"]);
        const everywhere = await images("/v1/amazon/images.json");
        expect(new Set(everywhere.map(({ region }) => region)).size).to.equal(regions.length);
        expect(everywhere.filter(({ state }) => state === "deleted")).to.be.empty;
        expect(await images("/v1/amazon/images/deleted.json")).to.have.length(2 * regions.length);
    });

    it("tells what SUSE's client asks first", async () => {
        expect(await named("/v1/providers.json", "providers")).to.deep.equal(["amazon"]);
        expect(await named("/v1/images/states", "states")).to.have.members([
            "active",
            "inactive",
            "deprecated",
            "deleted",
        ]);
    });

    const refused: readonly (readonly [path: string, status: number])[] = [
        ["/v1/amazon/eu-mars-1/images/active.json", 404],
        ["/v1/amazon/us-east-1/images/retired.json", 404],
        ["/v1/azure/us-east-1/images.json", 404],
        ["/v1/amazon/us-east-1/servers/other.json", 404],
        ["/v2/amazon/us-east-1/images.json", 400],
        ["/", 400],
    ];
    for (const [path, status] of refused) {
        it(`answers ${path} with HTTP ${status} and no body`, async () => {
            expect(await ask(path)).to.deep.equal({ status, body: "" });
        });
    }

    it("fails on request, as AWS does", async () => {
        await cloud().control("POST", "faults", { service: "pint", status: 503 });
        expect((await ask("/v1/amazon/regions.json")).status).to.equal(503);
        expect((await ask("/v1/amazon/regions.json")).status).to.equal(200);
        const { requests } = (await cloud().control("GET", "requests?service=pint")) as {
            requests: { status: number }[];
        };
        expect(requests.map(({ status }) => status)).to.deep.equal([503, 200]);
    });
});
