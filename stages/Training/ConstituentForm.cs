namespace TauPipeline.Stages;

/// <summary>As what a network takes the constituents of a candidate, beside the candidate's own features.</summary>
public enum ConstituentForm
{
    /// <summary>Not at all.</summary>
    None,
    /// <summary>In the cells of grids: <c>definitions: grids:</c>.</summary>
    Grids,
    /// <summary>One by one: <c>definitions: lists:</c>.</summary>
    Lists,
}
