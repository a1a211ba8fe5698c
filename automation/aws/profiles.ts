import { nearestWord } from "../../components/model/nearestWord";

/** The most names that people read in one line. */
const mostListed = 8;

/**
 * What is wrong with a profile that stands in neither of AWS's configuration files; undefined for one that does. Looks
 * where the AWS SDK looks.
 */
export async function aboutMissingProfile(profile: string): Promise<string | undefined> {
    const { loadSharedConfigFiles } = await import("@smithy/core/config");
    const { configFile, credentialsFile } = await loadSharedConfigFiles();
    // The SDK names sections of other kinds with a dot: `sso-session.corp`.
    const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(
        (name) => !/^(sso-session|services)\./.test(name),
    );
    if (names.includes(profile)) {
        return undefined;
    }
    const meant = nearestWord(profile, names);
    const listed = `there are ${names.slice(0, mostListed).join(", ")}${names.length > mostListed ? ", and more" : ""}`;
    const instead =
        meant !== undefined ? `did you mean ${meant}?` : names.length > 0 ? listed : "they have none at all";
    return `the profile ${profile} is not in the AWS configuration files; ${instead}`;
}
