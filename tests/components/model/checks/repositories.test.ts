import { expect } from "chai";

import type { StandingRepository } from "../../../../components/model/checks/reads";
import {
    checkRepositories,
    type RepositoriesQuestion,
} from "../../../../components/model/checks/repositories";
import { parseSettings } from "../../../../components/model/settings";
import { tagKeys } from "../../../../components/model/tags";

const stack = "organization/sles-ecs/alice";
const kept = (stackId: string, more: Readonly<Record<string, string>> = {}) => ({
    [tagKeys.stack]: stack,
    [tagKeys.environment]: "alice",
    [tagKeys.stackId]: stackId,
    [tagKeys.keep]: "true",
    ...more,
});

async function check(
    onDestroy: "keep" | "delete",
    standing: readonly StandingRepository[],
    more: Partial<RepositoriesQuestion> = {},
) {
    const { settings } = parseSettings(
        { containerRegistry: { repositories: ["web", "api"], onDestroy } },
        "alice",
    );
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    const { findings, keptRepositories, repositories } = await checkRepositories(
        { repository: (name) => Promise.resolve(standing.find((one) => one.name === name)) },
        { environment: "alice", stack, stackId: "mine", settings, ...more },
    );
    return {
        findings,
        codes: findings.map(({ code }) => code),
        taken: [...repositories],
        kept: keptRepositories.map(({ name, isOfEarlierLife, isInState, goesWithEnvironment }) =>
            [
                name,
                ...(isOfEarlierLife ? ["earlier life"] : []),
                ...(isInState ? ["in state"] : []),
                ...(goesWithEnvironment ? ["goes"] : []),
            ].join(", "),
        ),
    };
}

describe("repositories that were kept", () => {
    it("of an earlier life are taken up, and told of with the way not to", async () => {
        const answer = await check("keep", [{ name: "alice/web", tags: kept("earlier") }]);
        expect(answer).to.deep.include({ taken: ["alice/web"], kept: ["alice/web, earlier life"] });
        expect(answer.findings).to.deep.equal([
            {
                code: "KEPT_REPOSITORY_TAKEN_UP",
                severity: "warning",
                path: "containerRegistry",
                message:
                    "repositories that were kept when this environment was destroyed are taken up again, with their images: alice/web",
                hint: "to begin with empty ones, delete them first: aws ecr delete-repository --force --repository-name alice/web",
            },
        ]);
    });

    it("are told of as lost with the next destroy where the settings delete them, whoever's they are", async () => {
        const own = await check("delete", [{ name: "alice/api", tags: kept("mine") }]);
        expect(own).to.deep.include({ taken: ["alice/api"], kept: ["alice/api, goes"] });
        expect(own.findings).to.deep.equal([
            {
                code: "KEPT_REPOSITORY_WILL_GO",
                severity: "warning",
                path: "containerRegistry.onDestroy",
                message:
                    "repositories that were kept until now will be deleted with the environment, and their images with them, because containerRegistry.onDestroy is delete: alice/api",
                hint: [
                    "to keep them: ",
                    { do: "setSetting", path: "containerRegistry.onDestroy", value: "keep" },
                ],
            },
        ]);
        const both = await check("delete", [
            { name: "alice/web", tags: kept("earlier") },
            { name: "alice/api", tags: kept("mine") },
        ]);
        expect(both.codes).to.deep.equal(["KEPT_REPOSITORY_TAKEN_UP", "KEPT_REPOSITORY_WILL_GO"]);
        expect(both.kept).to.deep.equal(["alice/web, earlier life, goes", "alice/api, goes"]);
    });

    it("are the environment's without a word where the state or the id proves it, and they stay", async () => {
        const byId = await check("keep", [{ name: "alice/web", tags: kept("mine") }]);
        expect(byId).to.deep.include({ codes: [], kept: ["alice/web"] });
        const byState = await check("keep", [{ name: "alice/web", tags: kept("earlier") }], {
            stateIds: new Set(["alice/web"]),
        });
        expect(byState).to.deep.include({ codes: [], kept: ["alice/web, in state"] });
    });

    it("are not those that nobody kept, nor those of others", async () => {
        const left = kept("mine", { [tagKeys.keep]: "" });
        const answer = await check("delete", [
            { name: "alice/web", tags: left },
            { name: "alice/api", tags: kept("earlier", { [tagKeys.stack]: "organization/other/alice" }) },
        ]);
        expect(answer).to.deep.include({ kept: [], taken: ["alice/web"], codes: ["REPOSITORY_NAME_TAKEN"] });
    });
});
