import { expect } from "chai";
import type { z } from "zod";

import { parseSettings, type Settings } from "../../../../components/model/settings";
import type { settingsSchema } from "../../../../components/model/settings/schema";

type Written = z.input<typeof settingsSchema>;

/** What a schema reads, when it changes nothing of it. */
type Frozen<Value> = Value extends readonly (infer Entry)[]
    ? readonly Frozen<Entry>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
      : Value;

// These two compile while the interfaces and the schema say the same.
const asTheSchemaReads = (settings: Settings): Frozen<Written> => settings;
const asInterfacesSay = (settings: Written): Settings => settings;

describe("The settings of a program", () => {
    it("are what the schema reads, both ways", () => {
        const settings = { hosts: { mode: "fixed", count: 2, packages: ["tmux"] } } as const;
        const written = asTheSchemaReads(settings);
        expect(asInterfacesSay(written as Written)).to.equal(settings);
        expect(parseSettings(settings, "dev").problems).to.deep.equal([]);
    });

    it("may be constants, with lists that cannot change", () => {
        const subnetIds = Object.freeze(["subnet-0123456789abcdef0"]);
        const settings: Settings = {
            network: { mode: "existing", subnetIds, securityGroupIds: ["sg-0123456789abcdef0"] },
        };
        expect(parseSettings(settings, "dev").settings?.network).to.deep.include({ subnetIds });
    });
});
