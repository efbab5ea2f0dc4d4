namespace TauPipeline.Physics;

/// <summary>What a layout knows of a candidate's truth, before the campaign's classes.</summary>
/// <param name="Sample">Where the sample comes from.</param>
/// <param name="Match">What the candidate is at generator level, or why that is not known.</param>
public readonly record struct CandidateTruth(SampleType Sample, TruthMatch Match)
{
    /// <summary>Why the row is no candidate at all, whatever its truth; <see langword="null"/> for candidates.</summary>
    public string? NoCandidate { get; init; }

    /// <summary>The value of <see cref="CandidateColumns.GenMatch"/>: 1 to 6, 0 without a match.</summary>
    public int Code => Match.Match is { } match ? (int)match : 0;

    /// <summary>The truth of a candidate of collision data.</summary>
    public static CandidateTruth Data { get; } = new(SampleType.Data, default);

    /// <summary>The same, checked: prompt leptons do not occur in embedded samples.</summary>
    /// <exception cref="Foundation.StepFailed">One does.</exception>
    public CandidateTruth Checked() => Sample == SampleType.Embedded && Match.Match is GenLeptonMatch.Electron or GenLeptonMatch.Muon
        ? throw PhysicsErrors.PromptLeptonInEmbedded(Match.Match.Value) : this;
}
