import { hostProxy } from "../../../components/model/proxy/hostProxy";
import { slesGenerations } from "../../../components/model/images/hostImageName";
import type { HostCase } from "./hostCase";
import { facts, onImageStore, refused } from "./parts";

const proxyAt = (address: string) =>
    hostProxy({ address, noProxy: [] }, { mode: "existing" }, "eu-central-1");
const proxy = proxyAt("10.0.0.10:3128");

/** Hosts without a way of their own. */
export const proxyCases: readonly HostCase[] = slesGenerations.map((generation) => ({
    name: `SLES ${generation} behind a proxy, without any other way out`,
    facts: facts({ generation, proxy }),
    network: { isBehindProxy: true },
    boots: generation === 15 ? 2 : 1,
    expected: onImageStore(generation),
}));

/** The same, whose proxy is down: nothing listens at its address. */
export const silentProxyCases: readonly HostCase[] = slesGenerations.map((generation) => ({
    name: `SLES ${generation} behind a proxy that is down`,
    facts: facts({ generation, proxy: proxyAt("10.0.0.99:3128") }),
    network: { isBehindProxy: true, isDown: true },
    expected: refused(/nobody answers at the proxy 10\.0\.0\.99:3128/),
}));
