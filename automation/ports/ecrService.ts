import type { StandingRepository } from "../../components/model/checks/reads";

/** A private repository, with what it holds. */
export interface Repository extends StandingRepository {
    readonly arn: string;
    /** Such as `123456789012.dkr.ecr.eu-central-1.amazonaws.com/web/shop`. */
    readonly url: string;
    readonly images: number;
}

/** What of Amazon ECR is used. */
export interface EcrService {
    /** A repository of the account's own registry; undefined where there is none of that name. */
    repository(name: string): Promise<Repository | undefined>;
    /** Deletes a repository with its images; one that is gone is no error. */
    removeRepository(name: string): Promise<void>;
}
