import { expect } from "chai";

import { checkLogGroup } from "../../../../components/model/checks/logGroup";
import { parseSettings } from "../../../../components/model/settings";
import { tagKeys, type Tags } from "../../../../components/model/tags";

const stack = "organization/sles-ecs/alice";
const tagsOf = (stackId: string | undefined, of = stack): Tags => ({
    [tagKeys.environment]: "alice",
    [tagKeys.stack]: of,
    ...(stackId !== undefined && { [tagKeys.stackId]: stackId }),
});

async function check(
    tags: Tags | undefined,
    more: { readonly stateIsEmpty?: boolean; readonly stateIds?: ReadonlySet<string> } = {},
    awslogs: unknown = true,
) {
    const { settings } = parseSettings({ capabilities: { awslogs } }, "alice");
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    const asked: string[] = [];
    const logGroupTags = (name: string) => {
        asked.push(name);
        return Promise.resolve(tags);
    };
    const question = { environment: "alice", stack, stackId: "mine", settings, ...more };
    return { findings: await checkLogGroup({ logGroupTags }, question), asked };
}

describe("the log group of tasks", () => {
    it("is asked for by its name, and only where there is to be one", async () => {
        expect((await check(undefined)).asked).to.deep.equal(["/ecs/alice"]);
        expect((await check(undefined, {}, { logGroupName: "/team/web" })).asked).to.deep.equal([
            "/team/web",
        ]);
        expect((await check(undefined, {}, false)).asked).to.deep.equal([]);
    });

    it("may be free, or the environment's own by its id, by the state, or by the stack's name in an older one", async () => {
        for (const { findings } of [
            await check(undefined),
            await check(tagsOf("mine")),
            await check(tagsOf("mine"), { stateIsEmpty: true }),
            await check({}, { stateIds: new Set(["/ecs/alice"]) }),
            await check(tagsOf(undefined)),
        ]) {
            expect(findings).to.deep.equal([]);
        }
    });

    it("is refused where somebody made it by hand, with what to do", async () => {
        const { findings } = await check({ team: "web" });
        expect(findings).to.deep.equal([
            {
                code: "LOG_GROUP_TAKEN",
                severity: "error",
                path: "capabilities.awslogs",
                message: "the log group /ecs/alice is there and was not made by this program",
                hint: "choose another name with capabilities.awslogs.logGroupName, or delete it with all that was logged: aws logs delete-log-group --log-group-name /ecs/alice",
            },
        ]);
    });

    it("is refused where it is another stack's, or of an earlier life of this one", async () => {
        const [theirs] = (await check(tagsOf("theirs", "organization/shop/alice"))).findings;
        expect(theirs?.message).to.equal(
            "the log group /ecs/alice is there and belongs to organization/shop/alice",
        );
        for (const { findings } of [
            await check(tagsOf("earlier")),
            await check(tagsOf(undefined), { stateIsEmpty: true }),
            await check({}, { stateIsEmpty: true, stateIds: new Set(["/ecs/alice"]) }),
        ]) {
            expect(findings.map(({ code }) => code)).to.deep.equal(["LOG_GROUP_TAKEN"]);
        }
        const [earlier] = (await check(tagsOf("earlier"), { stateIsEmpty: true })).findings;
        expect(earlier?.message).to.equal(
            "the log group /ecs/alice is there, of an earlier life of this environment whose state is gone",
        );
        expect(JSON.stringify(earlier?.hint)).to.contain('"orphans","alice"');
    });
});
