namespace TauPipeline.Host;

/// <summary>The colours of states: pale enough for black words, told apart by colour-blind eyes (after Okabe and Ito).</summary>
internal static class StateColours
{
    /// <summary>Fill of a box.</summary>
    public static string Fill(string state) => state switch
    {
        StepLook.UpToDate => "#cdeede",
        StepLook.Stale => "#f9d5b5",
        StepLook.MayRun => "#fbf3bf",
        StepLook.Missing => "#e8e8ec",
        _ => "#ffffff",
    };

    /// <summary>Its border.</summary>
    public static string Border(string state) => state switch
    {
        StepLook.UpToDate => "#009e73",
        StepLook.Stale => "#d55e00",
        StepLook.MayRun => "#c9a400",
        StepLook.Missing => "#6b6b76",
        _ => "#9a9aa5",
    };
}
