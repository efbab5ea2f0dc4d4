namespace TauPipeline.Foundation;

/// <summary>
/// Says that a room runs code that is not compiled into it: it enters the code fingerprint of each stage that reaches
/// <paramref name="user"/>.
/// </summary>
/// <param name="user">The type of the room that runs, draws with or ships it.</param>
/// <param name="files">Files from the root of the checkout, several divided by semicolons; <c>*</c> in a file's name stands for
/// anything.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class OtherCodeAttribute(Type user, string files) : Attribute
{
    /// <summary>The type.</summary>
    public Type User => user;

    /// <summary>The files.</summary>
    public string Files => files;
}
