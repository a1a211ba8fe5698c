import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "./model/problem";
import { pathText, standInFor } from "./model/settings";

type Path = readonly (string | number)[];

/** A text of the settings that an output has brought, and that becomes one again wherever it goes. */
interface BroughtText {
    readonly section: string;
    /** The text, or what stands in for it. */
    readonly text: string;
    readonly output: pulumi.Output<unknown>;
}

/** Sections that user data is made of; what is packed cannot be looked through. */
const sectionsOfUserData = ["clusterName", "agent", "proxy"];

/** Whether nothing in it has to be waited for. */
export function isPlain(value: unknown): boolean {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) {
        return false;
    }
    return typeof value !== "object" || value === null || Object.values(value).every(isPlain);
}

/**
 * Settings whose outputs have been waited for. What a preview does not know yet has a stand-in, so that the settings can be read as
 * always; on its way into a resource each stand-in, and each secret, becomes the output again that it came from.
 */
export class SettingsOutputs {
    /** The settings without outputs. */
    public settings: unknown = {};
    /** Places of what is not known before the update. */
    public readonly unknown: string[] = [];
    /** Of what is not known, and yet decides which resources there are. */
    public readonly problems: Problem[] = [];
    private readonly brought: BroughtText[] = [];
    private readonly secrets: string[] = [];
    private readonly resources = new Set<pulumi.Resource>();
    private standIns = 0;

    public static async read(settings: unknown): Promise<SettingsOutputs> {
        const outputs = new SettingsOutputs();
        outputs.settings = await outputs.take(settings, []);
        return outputs;
    }

    /** Whether a text is, or holds, what stands in for something that is not known yet. */
    public isUnknown(text: string): boolean {
        return this.unknown.length > 0 && this.broughtIn(text).length > 0;
    }

    /** A text as a resource gets it. */
    public restore(text: string): pulumi.Input<string> {
        const found = this.broughtIn(text);
        return found.length === 0
            ? text
            : pulumi
                  .all(found.map(({ output }) => output))
                  .apply((values) =>
                      found.reduce(
                          (whole, one, index) => whole.replaceAll(one.text, String(values[index])),
                          text,
                      ),
                  );
    }

    /** A text that people may read. */
    public redact(text: string): string {
        return this.secrets.reduce((whole, secret) => whole.replaceAll(secret, "[secret]"), text);
    }

    public redactAll<Told extends { readonly message: string }>(all: readonly Told[]): readonly Told[] {
        return all.map((one) => ({ ...one, message: this.redact(one.message) }));
    }

    /**
     * For the resources of a component that is made by these settings. They are destroyed before what the outputs came from:
     * the values alone would not tell the engine.
     */
    public transform({
        type,
        props,
        opts,
    }: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult | undefined {
        const isOwn = type.startsWith("sles-ecs:") || type.startsWith("pulumi:");
        if (isOwn || (this.resources.size === 0 && this.brought.length === 0)) {
            return undefined;
        }
        const entries = Object.entries<unknown>(props).map(([key, value]) => [
            key,
            key.startsWith("userData") ? this.restoreUserData(value) : this.restoreIn(value),
        ]);
        return {
            props: Object.fromEntries(entries) as pulumi.Inputs,
            opts: pulumi.mergeOptions(opts, {
                dependsOn: [...this.resources],
                // AWS's provider tells tags a second time, as it got them.
                additionalSecretOutputs: this.secrets.length > 0 && "tags" in props ? ["tagsAll"] : [],
            }),
        };
    }

    private broughtIn(text: string): readonly BroughtText[] {
        return this.brought.filter((one) => text.includes(one.text));
    }

    private restoreIn(value: unknown): unknown {
        if (this.brought.length === 0) {
            return value;
        }
        if (typeof value === "string") {
            return this.restore(value);
        }
        if (pulumi.Output.isInstance<unknown>(value)) {
            return value.apply((plain) => pulumi.output(this.restoreIn(plain)));
        }
        return mapWithin(value, (one) => this.restoreIn(one));
    }

    private restoreUserData(value: unknown): unknown {
        const within = this.brought.filter(({ section }) => sectionsOfUserData.includes(section));
        return within.length === 0 || value === undefined
            ? this.restoreIn(value)
            : pulumi.all([value, ...within.map(({ output }) => output)]).apply(([data]) => data);
    }

    private async take(value: unknown, path: Path): Promise<unknown> {
        if (pulumi.Output.isInstance<unknown>(value) || value instanceof Promise) {
            const output = pulumi.output<unknown>(value);
            const [plain, isSecret, resources] = await Promise.all([
                withUnknowns(output),
                pulumi.isSecret(output),
                pulumi.getAllResources(output),
            ]);
            resources.forEach((resource) => this.resources.add(resource));
            return this.fill(plain, path, output, isSecret);
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        const entries = Object.entries(value).map(async ([key, entry]: [string, unknown]) => [
            key,
            await this.take(entry, [...path, Array.isArray(value) ? Number(key) : key]),
        ]);
        const taken = Object.fromEntries((await Promise.all(entries)) as [string, unknown][]) as object;
        return Array.isArray(value) ? Object.values(taken) : taken;
    }

    /** @param value of the output, or of a part of it */
    private fill(value: unknown, path: Path, output: pulumi.Output<unknown>, isSecret: boolean): unknown {
        const section = String(path[0]);
        if (pulumi.isUnknown(value)) {
            const standIn = this.standIn(path);
            textsIn(standIn).forEach((text) => this.brought.push({ section, text, output }));
            return standIn;
        }
        if (isSecret && typeof value === "string" && value !== "") {
            this.secrets.push(value);
            this.brought.push({ section, text: value, output: output.apply(() => value) });
        }
        if (Array.isArray(value)) {
            return value.map((entry, index) => this.fill(entry, [...path, index], output, isSecret));
        }
        return mapWithin(value, (entry, key) => this.fill(entry, [...path, key], output, isSecret));
    }

    private standIn(path: Path): unknown {
        this.standIns += 1;
        const standIn = standInFor(path, this.standIns);
        const place = pathText(path);
        if (standIn === undefined) {
            const message =
                "got an output that is not known before the update, expected a value that is: it decides which resources there are";
            this.problems.push({ path: place, message, severity: "error" });
        } else {
            this.unknown.push(place);
        }
        return standIn;
    }
}

/** The value of an output, with `pulumi.unknown` in the place of what a preview does not know; the SDK declares no way to it. */
export function withUnknowns(output: pulumi.Output<unknown>): Promise<unknown> {
    return (output as unknown as { promise(withUnknowns: boolean): Promise<unknown> }).promise(true);
}

function textsIn(standIn: unknown): readonly string[] {
    return [standIn].flat().filter((one) => typeof one === "string");
}

/** Looks into lists and groups of keys, and into nothing else. */
function mapWithin(value: unknown, change: (entry: unknown, key: string) => unknown): unknown {
    if (Array.isArray(value)) {
        return value.map((entry, index) => change(entry, String(index)));
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value).map(([key, entry]: [string, unknown]) => [key, change(entry, key)]),
    );
}
