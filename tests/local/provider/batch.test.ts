import { expect } from "chai";
import { Batch } from "../../../local/provider/aws/batch";

/** A far end whose calls end when the test lets them. */
function slowStore(values: Readonly<Record<string, string>>): {
    readonly batch: Batch<string, string>;
    readonly calls: (readonly string[])[];
    readonly answer: (error?: Error) => Promise<void>;
} {
    const calls: (readonly string[])[] = [];
    const open: { resolve: (found: ReadonlyMap<string, string>) => void; reject: (error: Error) => void }[] =
        [];
    const batch = new Batch<string, string>((keys) => {
        calls.push(keys);
        return new Promise((resolve, reject) => {
            open.push({ resolve, reject });
        });
    });
    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    const answer = async (error?: Error): Promise<void> => {
        await settled();
        const call = open.shift();
        if (error === undefined) {
            call?.resolve(new Map(Object.entries(values)));
        } else {
            call?.reject(error);
        }
        await settled();
    };
    return { batch, calls, answer };
}

describe("a batch of look-ups", () => {
    it("asks once for all that are asked for in the same moment, each key once", async () => {
        const { batch, calls, answer } = slowStore({ a: "1", b: "2" });
        const all = Promise.all(["a", "b", "a", "gone"].map((key) => batch.get(key)));
        await answer();
        expect(await all).to.deep.equal(["1", "2", "1", undefined]);
        expect(calls).to.deep.equal([["a", "b", "gone"]]);
    });

    it("never answers a question with a call that began before it", async () => {
        const { batch, calls, answer } = slowStore({ a: "1" });
        const first = batch.get("a");
        await new Promise((resolve) => setTimeout(resolve, 5));
        const second = batch.get("a");
        await new Promise((resolve) => setTimeout(resolve, 5));
        // It waits for the call that is under way.
        expect(calls).to.have.length(1);
        await answer();
        expect(await first).to.equal("1");
        expect(calls).to.deep.equal([["a"], ["a"]]);
        await answer();
        expect(await second).to.equal("1");
    });

    it("fails for those alone whose call failed, and goes on", async () => {
        const { batch, answer } = slowStore({ a: "1" });
        const failed = batch.get("a").catch((error: unknown) => (error as Error).message);
        await answer(new Error("throttled"));
        expect(await failed).to.equal("throttled");
        const later = batch.get("a");
        await answer();
        expect(await later).to.equal("1");
    });

    it("asks for no more than 200 in one call, as EC2's filters take no more", async () => {
        const { batch, calls, answer } = slowStore({});
        const all = Promise.all(Array.from({ length: 450 }, (_, index) => batch.get(String(index))));
        await answer();
        await answer();
        await answer();
        await all;
        expect(calls.map((keys) => keys.length)).to.deep.equal([200, 200, 50]);
    });

    it("lets each key fail by itself where there is no call for many", async () => {
        const asked: string[] = [];
        const batch = Batch.each((key: string) => {
            asked.push(key);
            return key === "bad" ? Promise.reject(new Error("no such role")) : Promise.resolve(key);
        });
        const bad = batch.get("bad").catch((error: unknown) => (error as Error).message);
        expect(await Promise.all([batch.get("good"), batch.get("good"), bad])).to.deep.equal([
            "good",
            "good",
            "no such role",
        ]);
        expect(asked).to.deep.equal(["bad", "good"]);
    });
});
