import type { EngineEvent } from "@pulumi/pulumi/automation";
import { expect } from "chai";

import { EventCollector } from "../../../automation/engine/events";
import type { DiagnosticEvent, EngineObserver, ResourceEvent } from "../../../automation/ports/engine";
import { said } from "../../helpers/said";

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function metadata(op: string, name: string, more: Partial<Metadata> = {}): Metadata {
    const type = "aws:ec2/instance:Instance";
    return {
        op: op as Metadata["op"],
        urn: `urn:pulumi:dev::sles-ecs::${type}::${name}`,
        type,
        provider: "",
        logical: true,
        new: { custom: true } as NonNullable<Metadata["new"]>,
        ...more,
    };
}

/** As the engine writes it: false and undefined are left out. */
const unlogical = { logical: undefined } as unknown as Partial<Metadata>;

const event = (body: Partial<EngineEvent>): EngineEvent => ({ sequence: 1, timestamp: 1, ...body });
const begins = (op: string, name: string, more?: Partial<Metadata>) =>
    event({ resourcePreEvent: { metadata: metadata(op, name, more) } });
const ends = (op: string, name: string, more?: Partial<Metadata>) =>
    event({ resOutputsEvent: { metadata: metadata(op, name, more) } });
const says = (severity: "error" | "warning" | "info#err", message: string) =>
    event({ diagnosticEvent: { severity, message, color: "never" } });

function collect(kind: "update" | "refresh", events: readonly EngineEvent[]) {
    const seen: ResourceEvent[] = [];
    const told: DiagnosticEvent[] = [];
    const observer: EngineObserver = {
        resource: (one) => seen.push(one),
        diagnostic: (one) => told.push(one),
    };
    const collector = new EventCollector(kind, observer);
    events.forEach((one) => collector.take(one));
    return { seen, told, summary: collector.summary, errors: collector.errors };
}

describe("the engine's events", () => {
    it("tell of a deletion whether it leaves the resource in place", () => {
        const old = { custom: true } as NonNullable<Metadata["old"]>;
        const { seen } = collect("update", [
            ends("delete", "kept", { old: { ...old, retainOnDelete: true } }),
            ends("delete", "gone", { old }),
        ]);
        expect(seen.map(({ name, isRetained = false }) => [name, isRetained])).to.deep.equal([
            ["kept", true],
            ["gone", false],
        ]);
    });

    it("count apart what a deletion leaves in place", () => {
        const old = { custom: true } as NonNullable<Metadata["old"]>;
        const { summary } = collect("update", [
            ends("delete", "kept", { old: { ...old, retainOnDelete: true } }),
            ends("delete", "gone", { old }),
        ]);
        expect(summary.counts).to.deep.equal({ delete: 1, retain: 1 });
    });

    it("tell of a replacement that what stood there before is left in place", () => {
        const old = { custom: true, retainOnDelete: true } as NonNullable<Metadata["old"]>;
        const { seen, summary } = collect("update", [
            ends("create-replacement", "kept", { ...unlogical, old }),
            ends("replace", "kept", { old }),
            ends("delete-replaced", "kept", { ...unlogical, old }),
        ]);
        expect(seen.map(({ operation, isRetained = false }) => [operation, isRetained])).to.deep.equal([
            ["replace", false],
            ["delete", true],
        ]);
        expect(summary.steps.map(({ isRetained }) => isRetained)).to.deep.equal([true]);
        expect(summary.counts).to.deep.equal({ replace: 1 });
    });

    it("do not tell of what a refresh misses in AWS that it is left in place", () => {
        const old = { custom: true, retainOnDelete: true } as NonNullable<Metadata["old"]>;
        for (const kind of ["refresh", "update"] as const) {
            const { seen } = collect(kind, [ends("delete", "gone", { ...unlogical, old })]);
            expect(
                seen.map(({ isRetained }) => isRetained),
                kind,
            ).to.deep.equal([undefined]);
        }
        const { summary } = collect("refresh", [ends("delete", "gone", { ...unlogical, old })]);
        expect(summary.counts).to.deep.equal({ delete: 1 });
    });

    it("are passed on as they come, with names and changed properties", () => {
        const { seen } = collect("update", [
            begins("update", "host-1", { diffs: ["tags"] }),
            ends("update", "host-1", { diffs: ["tags"] }),
            event({ resOpFailedEvent: { metadata: metadata("create", "host-2"), status: 1, steps: 1 } }),
        ]);
        expect(
            seen.map(({ phase, operation, name, changedProperties }) => [
                phase,
                operation,
                name,
                changedProperties,
            ]),
        ).to.deep.equal([
            ["started", "update", "host-1", ["tags"]],
            ["done", "update", "host-1", ["tags"]],
            ["failed", "create", "host-2", []],
        ]);
    });

    it("make one step of a replacement, which the engine does in two", () => {
        const { summary, seen } = collect("update", [
            begins("create-replacement", "host-1", unlogical),
            ends("create-replacement", "host-1", unlogical),
            begins("replace", "host-1", { diffs: ["ami"] }),
            begins("delete-replaced", "host-1", unlogical),
            ends("delete-replaced", "host-1", unlogical),
            begins("same", "host-2"),
            ends("same", "host-2"),
        ]);
        expect(
            summary.steps.map(({ operation, name, changedProperties }) => [
                operation,
                name,
                changedProperties,
            ]),
        ).to.deep.equal([["replace", "host-1", ["ami"]]]);
        expect(summary.counts).to.deep.equal({ replace: 1, same: 1 });
        expect(
            seen
                .filter(({ phase, name }) => phase === "started" && name === "host-1")
                .map(({ operation }) => operation),
        ).to.deep.equal(["replace", "delete"]);
    });

    it("are summed up in the order in which things were done", () => {
        const { summary } = collect("update", [
            begins("delete", "first to begin"),
            begins("delete", "first to end"),
            ends("delete", "first to end"),
            ends("delete", "first to begin"),
        ]);
        expect(summary.steps.map(({ name }) => name)).to.deep.equal(["first to end", "first to begin"]);
    });

    it("tell the differences of a refresh by what each resource came out as", () => {
        const { summary } = collect("refresh", [
            begins("refresh", "host-1", unlogical),
            begins("refresh", "host-2", unlogical),
            begins("refresh", "host-3", unlogical),
            ends("same", "host-1", unlogical),
            ends("update", "host-2", { ...unlogical, diffs: ["tags"] }),
            ends("delete", "host-3", unlogical),
        ]);
        expect(summary.steps.map(({ operation, name }) => [operation, name])).to.deep.equal([
            ["update", "host-2"],
            ["delete", "host-3"],
        ]);
        expect(summary.counts).to.deep.equal({ same: 1, update: 1, delete: 1 });
    });

    it("leave out components and providers, which are nowhere in AWS", () => {
        const component = { new: {} as NonNullable<Metadata["new"]> };
        const { seen, summary } = collect("update", [
            begins("update", "sles-ecs", component),
            begins("create", "default", { type: "pulumi:providers:aws" }),
            begins("delete", "host-1", {
                new: undefined,
                old: { custom: true },
            } as unknown as Partial<Metadata>),
        ]);
        expect(seen.map(({ name }) => name)).to.deep.equal(["host-1"]);
        expect(summary.counts).to.deep.equal({ delete: 1 });
    });

    it("lose colours, stacks of this program's own code, and what is said twice", () => {
        const { told, errors } = collect("update", [
            says(
                "error",
                "<{%fg 1%}>Unhandled exception: Error: there is no such subnet\n    at f (/x/y.js:1:2)\n    at /x/z.js:3:4<{%reset%}>",
            ),
            says("error", "there is no such subnet"),
            says("warning", "old image"),
            says("info#err", "  \n"),
            says("debug" as "error", "Registering resource: t=aws:ecs/cluster:Cluster"),
        ]);
        expect(said(told)).to.deep.equal([
            { severity: "error", message: "there is no such subnet" },
            { severity: "warning", message: "old image" },
        ]);
        expect(errors.map(({ message }) => message)).to.deep.equal(["there is no such subnet"]);
    });

    it("close no failure with words that say nothing more, however often the engine has them", () => {
        const { told, errors } = collect("update", [
            says("error", "creating EC2 Instance: no capacity"),
            says("error", "update failed"),
            says("error", "update failed\n"),
        ]);
        expect(told.map(({ message }) => message)).to.deep.equal(["creating EC2 Instance: no capacity"]);
        expect(errors.map(({ message }) => message)).to.deep.equal(["creating EC2 Instance: no capacity"]);
    });

    it("keep those words where there are no others", () => {
        expect(collect("update", [says("error", "update failed")]).errors).to.have.lengthOf(1);
    });
});
