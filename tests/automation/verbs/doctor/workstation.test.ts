import { expect } from "chai";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import { AppError } from "../../../../automation/errors/appError";
import type { Context } from "../../../../automation/ports/context";
import type { Check } from "../../../../automation/verbs/doctor/check";
import { checkWorkstation } from "../../../../automation/verbs/doctor/workstation";
import { createFakeAws, type FakeAwsState } from "../../../helpers/fakeAws";
import { fakeContext, type FakeContext, type FakeContextOptions } from "../../../helpers/fakes";
import { makeProject, removeFolders } from "../../../helpers/project";
import { startOfTime } from "../../../helpers/fakeTime";
import { play } from "../../../helpers/transcript";

/** A folder with a `pulumi` that tells its version and these plugins. */
function pulumiFolder(plugins: readonly object[], version = "v3.248.0"): string {
    const folder = path.join(makeProject({}), "bin");
    mkdirSync(folder);
    const file = path.join(folder, "pulumi");
    const answer = JSON.stringify(plugins);
    writeFileSync(
        file,
        `#!/bin/sh\ncase "$1" in version) echo ${version};; plugin) echo '${answer}';; esac\n`,
    );
    chmodSync(file, 0o755);
    return folder;
}

/** What the doctor says of this machine, by what it has looked at. */
async function look(given: Partial<FakeAwsState> = {}, options: Partial<FakeContextOptions> = {}) {
    const { env, ...more } = options;
    const { context, exitCode, transcript } = await play(["doctor", "--output", "json"], {
        directory: makeProject(),
        aws: createFakeAws(given),
        ...more,
        env: { PATH: `${pulumiFolder([])}:${process.env["PATH"] ?? ""}`, ...env },
    });
    const { checks } = JSON.parse(context.io.out()) as { readonly checks: readonly Check[] };
    return { exitCode, transcript, of: (what: string) => checks.find((check) => check.what === what) };
}

const inSeconds = (seconds: number): Date => new Date(new Date(startOfTime).getTime() + seconds * 1000);

describe("doctor of this machine", () => {
    afterEach(removeFolders);

    it("tells whom AWS takes it for, and where, and ends with 0 where nothing is lacking", async () => {
        const { exitCode, of } = await look();
        expect(exitCode).to.equal(0);
        expect(of("credentials")).to.deep.equal({
            what: "credentials",
            verdict: "good",
            found: "arn:aws:iam::123456789012:user/alice in account 123456789012",
        });
        expect(of("region")).to.deep.include({ verdict: "good", found: "eu-central-1" });
        expect(of("clock")).to.deep.include({ verdict: "good", found: "as AWS's" });
        expect(of("Pulumi CLI")?.found).to.match(/^3\.248\.0 \(.*\/bin\/pulumi\)$/);
        expect(of("state backend")).to.deep.include({ verdict: "good" });
        expect(of("Node.js")?.found).to.equal(`${process.versions.node} (expected 20.19 or newer)`);
    });

    it("ends with 1 where AWS does not take the credentials, with AWS's reason and what to do", async () => {
        const expired = new AppError("AWS_CREDENTIALS_EXPIRED", {
            message: "the AWS credentials have expired",
        });
        const { exitCode, of } = await look({ errors: { "identity.caller": expired } });
        expect(exitCode).to.equal(1);
        expect(of("credentials")).to.deep.include({
            verdict: "bad",
            found: "the AWS credentials have expired",
        });
        expect(of("credentials")?.remedy).to.be.a("string");
    });

    it("doubts credentials that do not outlive a first up, and a region that is not known", async () => {
        const { of } = await look({ credentialsExpireAt: inSeconds(600), region: "nowhere" });
        expect(of("credentials' end")).to.deep.include({ verdict: "doubtful", found: "good for 10 min" });
        expect(of("region")).to.deep.include({ verdict: "doubtful" });
        expect((await look({ credentialsExpireAt: inSeconds(7200) })).of("credentials' end")).to.deep.include(
            {
                verdict: "good",
            },
        );
        expect((await look({ credentialsExpireAt: inSeconds(-60) })).of("credentials' end")).to.deep.include({
            verdict: "bad",
            found: "over",
        });
    });

    it("refuses a clock that AWS refuses, and doubts one that goes there", async () => {
        const at = async (seconds: number) => (await look({ now: () => inSeconds(seconds) })).of("clock");
        expect(await at(-120)).to.deep.include({ verdict: "doubtful", found: "2 min ahead of AWS's" });
        expect(await at(600)).to.deep.include({ verdict: "bad", found: "10 min behind AWS's" });
    });

    it("knows the plugins by the versions that this program was made for", async () => {
        const missing = await look();
        expect(missing.of("provider plugin aws")?.verdict).to.equal("doubtful");
        const version = /^(\d+\.\d+\.\d+) is not there yet/.exec(
            missing.of("provider plugin aws")?.found ?? "",
        )?.[1];
        expect(missing.of("provider plugin aws")?.remedy).to.equal(
            `pulumi plugin install resource aws v${version}`,
        );
        const folder = pulumiFolder([{ name: "aws", kind: "resource", version }]);
        const there = await look({}, { env: { PATH: `${folder}:${process.env["PATH"] ?? ""}` } });
        expect(there.of("provider plugin aws")).to.deep.include({ verdict: "good", found: version });
        expect(there.of("provider plugin awsx")?.verdict).to.equal("doubtful");
    });

    const withPath = (env: Readonly<Record<string, string>>) => ({
        env: { ...env, PATH: `${pulumiFolder([])}:${process.env["PATH"] ?? ""}` },
    });

    it("takes a provider that runs already for one that is there, as on the local cloud", async () => {
        const { of } = await look({}, withPath({ PULUMI_DEBUG_PROVIDERS: "random:1,aws:44479" }));
        expect(of("provider plugin aws")).to.deep.include({
            verdict: "good",
            found: "runs already, at port 44479 (PULUMI_DEBUG_PROVIDERS)",
        });
        expect(of("provider plugin awsx")?.verdict).to.equal("doubtful");
    });

    it("promises no plugin that Pulumi is kept from fetching", async () => {
        const { of } = await look({}, withPath({ PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }));
        expect(of("provider plugin aws")).to.deep.include({ verdict: "bad" });
        expect(of("provider plugin aws")?.found).to.match(/is not there, and PULUMI_DISABLE_AUTOMATIC/);
    });

    it("says which proxy is for AWS and which for pint, what goes past them, and nothing of a password", async () => {
        const { exitCode, of, transcript } = await look(
            {},
            withPath({
                HTTPS_PROXY: "http://me:secret@proxy.example:3128",
                no_proxy: "intranet.example,.suse.com",
            }),
        );
        expect(exitCode).to.equal(0);
        expect(of("proxy for AWS")).to.deep.include({
            verdict: "good",
            found: "http://***@proxy.example:3128 (HTTPS_PROXY)",
        });
        expect(of("proxy for pint")).to.deep.include({
            verdict: "good",
            found: "none, because of .suse.com in no_proxy",
        });
        expect(of("past the proxy")?.found).to.equal(
            "intranet.example,.suse.com (no_proxy), and this machine itself",
        );
        expect(of("pint")).to.deep.include({ verdict: "good" });
        expect(transcript).to.not.contain("secret");
    });

    it("asks AWS's endpoint by the proxy that is for its scheme", async () => {
        const env = { HTTPS_PROXY: "secure.example:1", HTTP_PROXY: "plain.example:2" };
        const { of } = await look({}, withPath({ ...env, AWS_ENDPOINT_URL: "http://cloud.example" }));
        expect(of("proxy for AWS")?.found).to.equal("http://plain.example:2 (HTTP_PROXY)");
        expect((await look({}, withPath(env))).of("proxy for AWS")?.found).to.equal(
            "http://secure.example:1 (HTTPS_PROXY)",
        );
    });

    it("names every variable that names no proxy, and says where there is none", async () => {
        const { exitCode, of } = await look({}, withPath({ HTTPS_PROXY: "http://me:secret@a b" }));
        expect(exitCode).to.equal(1);
        expect(of("proxy")).to.deep.include({
            verdict: "bad",
            found: "HTTPS_PROXY is no address of a proxy: got http://***@a b, expected http://<host>:<port>",
        });
        expect((await look()).of("proxy")).to.deep.include({ verdict: "good", found: "none" });
    });

    it("tells what a proxy does in place of AWS", async () => {
        const refused = new AppError("PROXY_CREDENTIALS", {
            message:
                "the proxy http://proxy.example:3128 (HTTPS_PROXY) wants a name and a password: HTTP 407",
        });
        const { exitCode, of } = await look(
            { errors: { "identity.caller": refused } },
            withPath({ HTTPS_PROXY: "proxy.example:3128" }),
        );
        expect(exitCode).to.equal(1);
        expect(of("credentials")?.found).to.equal(refused.message);
        expect(of("credentials")?.remedy).to.match(/^curl .* -x "\$HTTPS_PROXY"/);
    });

    it("needs no project, and says where there is none", async () => {
        const { context, exitCode } = await play(["doctor"], {
            directory: path.dirname(makeProject()),
            aws: createFakeAws(),
            env: { PATH: `${pulumiFolder([])}:${process.env["PATH"] ?? ""}` },
        });
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.match(/\? +project +no Pulumi\.yaml here\n/);
        expect(context.io.out()).to.contain("project: sles-ecs init\n");
    });

    it("tells what keeps the state backend from answering", async () => {
        const error = new AppError("BACKEND_UNREACHABLE", {
            message: "nobody is logged in to a state backend",
        });
        const { exitCode, of } = await look({}, { listError: error });
        expect(exitCode).to.equal(1);
        expect(of("state backend")).to.deep.include({
            verdict: "bad",
            found: "nobody is logged in to a state backend",
        });
    });

    describe("lets each check come to its own end", () => {
        const verdictsOf = async (
            given: Partial<FakeAwsState>,
            change: (context: FakeContext) => Context,
        ) => {
            const context = fakeContext({
                directory: makeProject(),
                aws: createFakeAws(given),
                env: { PATH: `${pulumiFolder([])}:${process.env["PATH"] ?? ""}` },
            });
            const { checks } = await checkWorkstation({ projectDirectory: undefined }, change(context), 0.5);
            return Object.fromEntries(checks.map(({ what, verdict, found }) => [what, [verdict, found]]));
        };

        it("where one throws what nobody has thought of", async () => {
            const of = await verdictsOf(
                { errors: { "identity.time": new TypeError("x is no function") } },
                (it) => it,
            );
            expect(of["clock"]).to.deep.equal(["bad", "x is no function"]);
            expect(of["credentials"]?.[0]).to.equal("good");
            expect(of["state backend"]?.[0]).to.equal("good");
        });

        it("where one never answers", async () => {
            const never = () => new Promise<never>(() => undefined);
            const of = await verdictsOf({}, (context) => ({ ...context, loadEngine: never }));
            expect(of["state backend"]).to.deep.equal(["bad", "no answer within 0.5 s"]);
            expect(of["clock"]?.[0]).to.equal("good");
            expect(of["Pulumi CLI"]?.[0]).to.equal("good");
            const without = await verdictsOf({}, (context) => ({ ...context, loadAws: never }));
            expect(without["credentials"]).to.deep.equal(["bad", "no answer within 0.5 s"]);
            expect(without["state backend"]?.[0]).to.equal("good");
        });
    });
});
