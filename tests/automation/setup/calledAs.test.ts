import { expect } from "chai";

import { calledAs } from "../../../automation/setup/calledAs";

/** What each sets: `npx env`, `npm run`, `pnpm exec env`, `yarn run` of npm 11.19, pnpm 10.34 and Yarn 1.22. */
const agent = (manager: string): string => `${manager}/1.2.3 npm/? node/v20.20.2 linux x64`;

describe("The commands that are printed", () => {
    for (const [what, env, words] of [
        ["by its name from a shell", {}, ["sles-ecs"]],
        ["by npx", { npm_command: "exec", npm_config_user_agent: agent("npm") }, ["npx", "sles-ecs"]],
        [
            "by npx from a script of npm",
            { npm_command: "run", npm_config_user_agent: agent("npm") },
            ["npx", "sles-ecs"],
        ],
        [
            "by pnpm",
            { npm_command: "exec", npm_config_user_agent: agent("pnpm") },
            ["pnpm", "exec", "sles-ecs"],
        ],
        [
            "by Yarn",
            { npm_lifecycle_event: "exec", npm_config_user_agent: agent("yarn") },
            ["yarn", "sles-ecs"],
        ],
    ] as const) {
        it(`start the program ${what}`, () => {
            expect(calledAs(env)).to.deep.equal(words);
        });
    }
});
