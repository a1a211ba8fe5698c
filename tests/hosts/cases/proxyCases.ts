import { hostProxy } from "../../../components/model/proxy/hostProxy";
import { slesGenerations } from "../../../components/model/images/hostImageName";
import type { HostCase } from "./hostCase";
import { facts, onImageStore } from "./parts";

const proxy = hostProxy({ address: "10.0.0.10:3128", noProxy: [] }, { mode: "existing" }, "eu-central-1");

/** Hosts without a way of their own. */
export const proxyCases: readonly HostCase[] = slesGenerations.map((generation) => ({
    name: `SLES ${generation} behind a proxy, without any other way out`,
    facts: facts({ generation, proxy }),
    network: { isBehindProxy: true },
    boots: generation === 15 ? 2 : 1,
    expected: onImageStore(generation),
}));
