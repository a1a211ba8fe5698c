import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { expect } from "chai";

import { openEnvironments } from "../../../automation";
import { allCommands } from "../../../automation/cli/allCommands";
import { nameOf } from "../../../automation/command/command";

const root = path.join(__dirname, "..", "..", "..", "automation");

/** Verbs whose methods are not called as they are. */
const otherNames: Readonly<Record<string, string>> = {
    "evidence check": "checkEvidence",
    "state restore": "restoreState",
    "network show": "network",
    "network requirements": "networkRequirements",
    "hosts logs": "hosts.log",
    "hosts start-agent": "hosts.startAgent",
    ...Object.fromEntries(
        ["list", "deploy", "scale", "logs", "remove"].map((verb) => [`service ${verb}`, `services.${verb}`]),
    ),
};

/** Options that turn a verb's answer into another one, and the methods that give it. */
const otherAnswers: Readonly<Record<string, string>> = {
    "status --html": "statusPage",
    "destroy --all": "destroyAll",
    "orphans --remove": "removeOrphans",
};

/** Verbs that make no sense in a program, and why. */
const forPeople: Readonly<Record<string, string>> = {
    init: "begins the project that a program is already in",
    demo: "is a story to look at",
    completion: "is read by a shell",
    "hosts shell": "hands a terminal over",
    "service exec": "hands a terminal over",
    ...Object.fromEntries(
        ["start", "stop", "status", "env", "reset"].map((verb) => [
            `local ${verb}`,
            "is about a process of this machine, which a program reaches by environment variables",
        ]),
    ),
};

const verbs = allCommands.flatMap((one) =>
    "commands" in one ? one.commands.map((inner) => `${nameOf(one)} ${nameOf(inner)}`) : nameOf(one),
);

describe("the door for programs", () => {
    const environments: unknown = openEnvironments({ env: {} });
    const found = (method: string): unknown =>
        method
            .split(".")
            .reduce(
                (inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key],
                environments,
            );

    for (const verb of verbs.filter((one) => !(one in forPeople))) {
        it(`has a method for ${verb}`, () => {
            expect(found(otherNames[verb] ?? verb.replace(" ", "."))).to.be.a("function");
        });
    }

    for (const [asked, method] of Object.entries(otherAnswers)) {
        it(`has a method for the other answer of ${asked}`, () => {
            const [verb, option = ""] = asked.split(" --");
            const command = allCommands.find((one) => nameOf(one) === verb);
            expect(command).to.have.nested.property(`options.${option}`);
            expect(found(method)).to.be.a("function");
        });
    }

    it("leaves out what is for people alone, and nothing that is no verb any more", () => {
        expect(verbs).to.include.members(Object.keys(forPeople));
        expect(verbs).to.include.members(Object.keys(otherNames));
        for (const verb of Object.keys(forPeople)) {
            expect(found(verb.replace(" ", ".")), verb).to.equal(undefined);
        }
    });

    it("gives a name to the type of every answer", () => {
        const files = [
            path.join("environments", "environments.ts"),
            ...readdirSync(path.join(root, "verbs"))
                .map((verb) => path.join("verbs", verb, "forPrograms.ts"))
                .filter((file) =>
                    ["up", "hosts", "images", "groups", "service", "containers"].some((verb) =>
                        file.includes(`${path.sep}${verb}${path.sep}`),
                    ),
                ),
        ];
        const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
        const answers = files.flatMap((file) =>
            [...read(file).matchAll(/Promise<(?:readonly )?([A-Z]\w+)/g)].map(([, name = ""]) => name),
        );
        const exported = new Set([...read("index.ts").matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name));
        expect(answers.length).to.be.greaterThan(50);
        expect(answers.filter((name) => !exported.has(name))).to.deep.equal([]);
    });

    it("calls those methods of a progress that it has, on the object that has them", async () => {
        class Phases {
            readonly seen: string[] = [];
            phase(title: string): void {
                this.seen.push(title);
            }
        }
        const progress = new Phases();
        const { libraryContext } = await import("../../../automation/environments/libraryContext");
        const whole = await libraryContext({ env: {}, progress }).createProgress();
        whole.phase("checking");
        whole.note("nobody takes this");
        whole.hosts?.([], 2);
        whole.end();
        expect(progress.seen).to.deep.equal(["checking"]);
    });
});
