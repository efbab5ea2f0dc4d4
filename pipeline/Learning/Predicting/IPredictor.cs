namespace TauPipeline.Learning;

/// <summary>A trained network that gives scores. Those of a row depend on that row alone, not on the rows around it.</summary>
internal interface IPredictor
{
    /// <summary>The probabilities of each row, of classes and heads: rows times outputs, row by row.</summary>
    float[] Predict(IReadOnlyList<InputRows> inputs, int rows);
}
