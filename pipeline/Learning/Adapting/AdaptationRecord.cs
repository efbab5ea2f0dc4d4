namespace TauPipeline.Learning;

/// <summary>How an adaptation went in an epoch; losses are ln 2 and accuracies one half where the adversary can only guess.</summary>
/// <param name="TrainLoss">The adversary's mean loss while training.</param>
/// <param name="TrainAccuracy">Weighted share of control rows whose domain it told meanwhile.</param>
/// <param name="Loss">After the epoch, on the control rows of validation.</param>
/// <param name="Accuracy">Likewise.</param>
/// <param name="ClassPull">Mean absolute gradient of the classes' loss in the common representation, over the epoch's steps.</param>
/// <param name="AdversaryPull">That of the adversary's loss.</param>
public sealed record AdaptationRecord(
    double TrainLoss, double TrainAccuracy, double Loss, double Accuracy, double ClassPull, double AdversaryPull);

/// <summary>An epoch's adaptation so far.</summary>
internal sealed record AdaptationStand(DomainSums Sums, double ClassPull, double AdversaryPull)
{
    /// <summary>Before the first step.</summary>
    public static AdaptationStand Begun { get; } = new(default, 0, 0);

    /// <summary>After one more step.</summary>
    public AdaptationStand After(DomainSums sums, (double Classes, double Adversary) pulls) =>
        new(Sums.Plus(sums), ClassPull + pulls.Classes, AdversaryPull + pulls.Adversary);
}
