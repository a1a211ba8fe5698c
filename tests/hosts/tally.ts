/** What the boots of a run came to, all together. */
export const tally = {
    cases: 0,
    boots: 0,
    powerCuts: 0,
    /** Of these, how many within the steps of the bootstrap. */
    powerCutsInBootstrap: 0,
    formatsOverData: 0,
    /** Registrations that hosts have asked for in a cluster that is not theirs. */
    wrongRegistrations: 0,
};

export function showTally(): string {
    return (
        `${tally.cases} cases, ${tally.boots} boots, ${tally.powerCuts} power cuts ` +
        `(${tally.powerCutsInBootstrap} in the bootstrap's steps), ${tally.formatsOverData} formats over data, ` +
        `${tally.wrongRegistrations} registrations in a wrong cluster`
    );
}
