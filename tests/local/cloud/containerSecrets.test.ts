import { expect } from "chai";

import { ContainerSecrets } from "../../../local/cloud/containers/containerSecrets";

const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

describe("secrets of real containers", () => {
    const read = (valueFrom: string, held: string): Promise<readonly string[]> =>
        new ContainerSecrets(() => ({ json: () => Promise.resolve({ SecretString: held }) }) as never).read(
            { secrets: [{ name: "PASSWORD", valueFrom }] },
            "us-east-1",
        );

    it("are whole, or one key of a JSON object", async () => {
        expect(await read(arn, "hunter2")).to.deep.equal(["PASSWORD=hunter2"]);
        expect(await read(`${arn}:user::`, '{"user":"alice"}')).to.deep.equal(["PASSWORD=alice"]);
    });

    for (const [held, why] of [
        ["hunter2", "is no JSON, and has no key user"],
        ['"hunter2"', "did not contain json key user"],
        ['{"other":"hunter2"}', "did not contain json key user"],
        ['{"user": hunter2}', "is no JSON, and has no key user"],
    ] as const) {
        it(`of which ${held} has no such key are refused without telling what they hold`, async () => {
            const error = await read(`${arn}:user::`, held).then(
                () => undefined,
                (reason: unknown) => reason as Error,
            );
            expect(error?.message).to.include(why).and.not.include("hunter2");
            // The log of the local cloud shows what an error was caused by.
            expect(String((error?.cause as Error | undefined)?.message)).to.not.include("hunter2");
        });
    }
});
