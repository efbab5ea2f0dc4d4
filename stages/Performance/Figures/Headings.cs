namespace TauPipeline.Stages;

/// <summary>The report's headings that figures stand under. Figures under another heading have a section of their own.</summary>
internal static class Headings
{
    public const string Roc = "ROC curves";
    public const string Distributions = "Scores without truth";
    public const string Efficiencies = "Efficiencies";
    public const string Training = "Training";
    public const string Inputs = "Inputs of the network";
    public const string Sampling = "Sampling";
}
