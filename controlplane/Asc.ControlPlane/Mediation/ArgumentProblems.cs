using Asc.Contracts.Policy;
using Asc.Persistence;

namespace Asc.ControlPlane.Mediation;

/// <summary>Collects what is wrong with a command's arguments, so that all is told at once.</summary>
internal sealed class ArgumentProblems
{
    private readonly List<string> problems = [];

    /// <summary>Notes <paramref name="message"/> where <paramref name="wrong"/>.</summary>
    public void When(bool wrong, string message)
    {
        if (wrong)
        {
            problems.Add(message);
        }
    }

    /// <summary>Must be there, and fit its column.</summary>
    public void Text(string name, string value, int maximum = ColumnLengths.Name, bool required = true)
    {
        When(required && string.IsNullOrWhiteSpace(value), $"{name} is required");
        When(value.Length > maximum, $"{name} is longer than {maximum} characters");
        When(value.Any(char.IsControl), $"{name} holds control characters");
    }

    /// <summary>Must be a kind of resource.</summary>
    public void Kind(string kind) =>
        When(!ResourceIdentity.Kinds.Contains(kind), $"there is no kind \"{kind}\"; there are {string.Join(", ", ResourceIdentity.Kinds)}");

    /// <exception cref="AdminException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0)
        {
            throw new AdminException(AdminCodes.InvalidArgument, string.Join("; ", problems) + ".");
        }
    }
}
