import { expect } from "chai";

import { serviceVerbs } from "../../../automation/verbs/service/forPrograms";
import { removeFolders } from "../../helpers/project";
import { useCloud } from "../cloud/testCloud";
import { Alice } from "./onCloud";

const image = "registry.suse.com/suse/nginx:1.27";

describe("services, for programs and scripts", () => {
    const cloud = useCloud();
    afterEach(removeFolders);

    it("do what the commands do, with the command's defaults, and ask nobody", async () => {
        const alice = await Alice.up(cloud(), 1, { answers: undefined });
        const services = serviceVerbs(alice.context(), 0);
        const made = await services.deploy("alice", { name: "web", image, port: "80" });
        expect(made).to.include({ environment: "alice", service: "web", image, count: 1, changed: true });
        const same = await services.deploy("alice", { name: "web", image, port: "80" });
        expect(same.changed).to.equal(false);
        expect(await services.scale("alice", "web", 2)).to.include({ before: 1, count: 2 });
        const changed = await services.deploy("alice", { name: "web", image, port: "80", env: ["A=1"] });
        expect(changed).to.include({ changed: true, count: 2 });
        const [web, ...others] = (await services.list("alice")).services;
        expect(others).to.deep.equal([]);
        expect(web).to.include({ name: "web", own: true, running: 2 });
        expect((await services.logs("alice", "web")).lines).to.deep.equal([]);
        const { removed } = await services.remove("alice", "web");
        expect(removed.map(({ type }) => type)).to.include.members(["ecs:service", "ecs:task-definition"]);
        expect((await services.list("alice")).services).to.deep.equal([]);
    });

    it("throw the errors of the commands, with their codes", async () => {
        const services = serviceVerbs((await Alice.up(cloud(), 1)).context(), 0);
        const codeOf = (work: Promise<unknown>): Promise<unknown> =>
            work.then(
                () => "none",
                (error: unknown) => (error as { readonly code?: string }).code,
            );
        expect(await codeOf(services.deploy("alice", { name: "web" }))).to.equal("SERVICE_INVALID");
        expect(await codeOf(services.scale("alice", "web", 1))).to.equal("SERVICE_NOT_FOUND");
        expect(await codeOf(services.remove("alice", "web"))).to.equal("SERVICE_NOT_FOUND");
    });

    it("--output json of deploy, scale and remove is the result and nothing else", async () => {
        const alice = await Alice.up(cloud(), 1);
        const json = async (...argv: readonly string[]): Promise<Record<string, unknown>> => {
            const { exitCode, out, err } = await alice.play("service", ...argv, "--output", "json");
            expect(exitCode, err).to.equal(0);
            return JSON.parse(out) as Record<string, unknown>;
        };
        const web = ["--image", image, "--name", "web", "--yes"];
        expect(await json("deploy", "alice", ...web)).to.deep.include({
            ...{ version: 1, environment: "alice", clusterName: "alice", service: "web", image, count: 1 },
            ...{ changed: true, addresses: [], exec: false },
        });
        expect(await json("scale", "alice", "web", "2")).to.include({
            ...{ version: 1, environment: "alice", service: "web", before: 1, count: 2 },
        });
        const removed = await json("remove", "alice", "web", "--yes");
        expect(removed).to.include({ version: 1, environment: "alice", service: "web" });
        expect((removed["removed"] as { type: string }[]).map(({ type }) => type)).to.include("ecs:service");
    });
});
