import { expect } from "chai";
import { readdirSync } from "node:fs";
import path from "node:path";

import { AppError } from "../../../automation/errors/appError";
import type { PriceQuery } from "../../../automation/ports/prices";
import { createPrices, placeOfPrices } from "../../../automation/prices/prices";
import type { PriceList } from "../../../components/model/cost/prices";
import { fakeClock } from "../../helpers/io";
import { makeFolder, removeFolders } from "../../helpers/project";

const list: PriceList = {
    region: "eu-central-1",
    hosts: { "t3.small": { suse: 0.055, linux: 0.024 } },
    volumes: { gp3: 0.0952 },
    usdAnHour: { natGateway: 0.052 },
};
const query: PriceQuery = { region: "eu-central-1", instanceTypes: ["t3.small"] };
const day = 24 * 3600;

describe("AWS's price list", () => {
    const clock = fakeClock();
    let cache = "";
    let asked: PriceQuery[] = [];
    beforeEach(() => {
        cache = makeFolder();
        asked = [];
    });
    afterEach(removeFolders);

    /** Asks as a command of its own. */
    function ask(
        answer: () => Promise<PriceList | undefined> = () => Promise.resolve(list),
        more: { query?: PriceQuery; env?: Record<string, string>; signal?: AbortSignal } = {},
    ) {
        return createPrices({
            ...placeOfPrices({ SLES_ECS_CACHE: cache, ...more.env }),
            clock,
            signal: more.signal ?? new AbortController().signal,
            milliseconds: 30,
            pricing: {
                list: (question) => {
                    asked.push(question);
                    return answer();
                },
            },
        }).of(more.query ?? query);
    }

    const denied = () => Promise.reject(new AppError("AWS_ACCESS_DENIED", { message: "not allowed" }));

    it("is asked for once a week", async () => {
        const first = await ask();
        clock.tick(6 * day);
        expect(await ask(denied)).to.deep.equal(first);
        expect(first.source).to.deep.equal({ kind: "aws", askedAt: "2026-11-23T10:00:00.000Z" });
        clock.tick(2 * day);
        await ask();
        expect(asked).to.have.length(2);
    });

    it("is asked again for a type that it was not asked for, together with those before", async () => {
        await ask();
        await ask(undefined, { query: { ...query, instanceTypes: ["m5.large"] } });
        expect(asked.map(({ instanceTypes }) => instanceTypes)).to.deep.equal([
            ["t3.small"],
            ["t3.small", "m5.large"],
        ]);
        await ask(undefined, { query: { ...query, instanceTypes: ["m5.large", "t3.small"] } });
        expect(asked).to.have.length(2);
    });

    it("counts as it was, with its date, where it cannot be asked any more", async () => {
        const first = await ask();
        clock.tick(30 * day);
        expect(await ask(denied)).to.deep.equal(first);
    });

    it("gives way to the prices that come along where it never answered, and is left alone for ten minutes", async () => {
        const none = await ask(denied);
        expect(none.list.region).to.equal("us-east-1");
        expect(none.source).to.deep.equal({ kind: "bundled", reason: "not allowed" });
        clock.tick(300);
        expect((await ask()).source).to.deep.equal({
            kind: "bundled",
            reason: "not allowed, 5 min ago",
        });
        expect(asked).to.have.length(1);
        clock.tick(400);
        expect((await ask()).source.kind).to.equal("aws");
    });

    it("is not waited for longer than it may take", async () => {
        const { source } = await ask(
            () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 60)),
        );
        expect(source).to.deep.equal({
            kind: "bundled",
            reason: "AWS's price list did not answer within 0.03 s",
        });
    });

    it("has nothing for a region that AWS does not list", async () => {
        const { source } = await ask(() => Promise.resolve(undefined));
        expect(source).to.deep.equal({
            kind: "bundled",
            reason: "AWS's price list has nothing for eu-central-1",
        });
    });

    it("is kept apart from that of a local cloud, which is not kept at all", async () => {
        const endpoint = "http://127.0.0.1:5000";
        const { source } = await ask(undefined, { env: { AWS_ENDPOINT_URL: endpoint } });
        expect(source).to.include({ kind: "aws", endpoint });
        expect(readdirSync(cache)).to.deep.equal([]);
        await ask();
        expect(readdirSync(path.join(cache, "prices"))).to.deep.equal(["eu-central-1.json"]);
    });

    it("ends with the command that is interrupted", async () => {
        const interrupted = AbortSignal.abort(new Error("interrupted"));
        const asking = ask(() => Promise.reject(new Error("aborted")), { signal: interrupted });
        expect(await asking.catch((error: unknown) => (error as Error).message)).to.equal("interrupted");
    });
});
