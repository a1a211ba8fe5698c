import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { chooseHosts } from "../../../automation/hosts/chooseHosts";
import { tagKeys } from "../../../components/model/tags";
import { instance, targetIn } from "../../helpers/awsObjects";
import { createFakeAws, ownTags } from "../../helpers/fakeAws";

const numbered = (id: string, number: number, state = "running") =>
    instance(number, { instanceId: id, state, tags: { ...ownTags, [tagKeys.host]: String(number) } });
const ofBob = {
    [tagKeys.environment]: "bob",
    [tagKeys.stack]: "organization/shop/bob",
    [tagKeys.stackId]: "b0b",
};

const account = () =>
    createFakeAws({
        instances: [
            numbered("i-0aaa1111", 1),
            numbered("i-0aab2222", 2),
            numbered("i-0old3333", 2, "terminated"),
            numbered("i-0ccc4444", 3, "shutting-down"),
            instance(9, { instanceId: "i-0bob5555", tags: ofBob }),
            instance(9, { instanceId: "i-0bob6666", state: "terminated", tags: ofBob }),
            instance(9, { instanceId: "i-0web7777", tags: {} }),
            instance(9, { instanceId: "i-0lost888" }),
        ],
    });

async function chosen(...names: readonly string[]): Promise<readonly string[]> {
    const fake = account();
    const stateIds = new Set(["i-0aaa1111", "i-0aab2222", "i-0ccc4444"]);
    const hosts = await chooseHosts(targetIn(fake, { stateIds }), names);
    return hosts.map(({ instanceId }) => instanceId);
}

async function refusal(...names: readonly string[]): Promise<AppError> {
    const error: unknown = await chosen(...names).catch((reason: unknown) => reason);
    if (!(error instanceof AppError)) {
        throw new Error(`expected a refusal of ${names.join()}, got ${JSON.stringify(error)}`);
    }
    return error;
}

describe("hosts by their names", () => {
    for (const [what, names, ids] of [
        ["a number", ["1"], ["i-0aaa1111"]],
        ["an id", ["i-0aab2222"], ["i-0aab2222"]],
        ["the beginning of an id", ["i-0aab"], ["i-0aab2222"]],
        ["a number of which an earlier host is gone", ["2"], ["i-0aab2222"]],
        ["the same host twice", ["1", "i-0aaa1111", "2"], ["i-0aaa1111", "i-0aab2222"]],
    ] as const) {
        it(`are found by ${what}`, async () => {
            expect(await chosen(...names)).to.deep.equal(ids);
        });
    }

    for (const [what, name, code, exitCode, message] of [
        [
            "fits several",
            "i-0aa",
            "HOST_AMBIGUOUS",
            2,
            "i-0aa may be any of 2 hosts of alice: 1 (i-0aaa1111), 2 (i-0aab2222)",
        ],
        [
            "is of no host",
            "7",
            "HOST_NOT_FOUND",
            3,
            "alice has no host 7: expected one of 1 (i-0aaa1111), 2 (i-0aab2222)",
        ],
        [
            "is no name of a host",
            "web",
            "HOST_NOT_FOUND",
            3,
            "alice has no host web: expected one of 1 (i-0aaa1111), 2 (i-0aab2222)",
        ],
        [
            "is of no instance",
            "i-0fff",
            "HOST_NOT_FOUND",
            3,
            "alice has no host i-0fff: expected one of 1 (i-0aaa1111), 2 (i-0aab2222)",
        ],
        ["is of a host that is gone", "i-0old", "HOST_GONE", 3, "host i-0old (i-0old3333) is terminated"],
        ["is of a host on its way out", "3", "HOST_GONE", 3, "host 3 (i-0ccc4444) is shutting-down"],
        [
            "is of another environment's",
            "i-0bob5555",
            "HOST_OF_OTHERS",
            3,
            "instance i-0bob5555 is a host of bob (organization/shop/bob), not of alice",
        ],
        [
            "is of another environment's that is gone",
            "i-0bob6666",
            "HOST_GONE",
            3,
            "instance i-0bob6666 is terminated, and was a host of bob (organization/shop/bob)",
        ],
        [
            "is of an instance that is no host",
            "i-0web7777",
            "HOST_OF_OTHERS",
            3,
            "instance i-0web7777 is no host of alice: it has no tag sles-ecs:stack",
        ],
        [
            "is of an instance that the state does not know",
            "i-0lost888",
            "HOST_NOT_FOUND",
            3,
            "i-0lost888 carries the tags of alice, and its state does not know it: the next up takes it away",
        ],
    ] as const) {
        it(`are refused where a name ${what}: ${code}`, async () => {
            const error = await refusal(name);
            expect([error.code, error.exitCode, error.message]).to.deep.equal([code, exitCode, message]);
        });
    }

    it("are refused with every problem at once", async () => {
        const error = await refusal("1", "7", "i-0bob5555");
        expect(error.message).to.equal("2 of the hosts that were named cannot be meant; nothing was changed");
        expect(error.details).to.deep.equal([
            "alice has no host 7: expected one of 1 (i-0aaa1111), 2 (i-0aab2222) (HOST_NOT_FOUND)",
            "instance i-0bob5555 is a host of bob (organization/shop/bob), not of alice (HOST_OF_OTHERS)",
        ]);
    });
});
